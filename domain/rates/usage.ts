import { z } from 'zod'

/** Measured quantities by meter, as the API takes them. */
export const usageSchema = z
  .record(z.string().min(1).max(61), z.int().min(0))
  .refine(usage => Object.keys(usage).length <= 20, 'must have at most 20 meters')
