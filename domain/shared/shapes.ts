import { z } from 'zod'

/** Schemas of what the API shows. */

export const credits = z.int().min(0)

export const time = z.iso.datetime({ offset: true })

/** An object that the OpenAPI document lists under a name. */
export const named = <T extends z.ZodRawShape>(id: string, fields: T) => z.object(fields).meta({ id })
