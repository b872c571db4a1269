export type * from './api.ts';
export { type Answer, type ClientOptions, connect, type Item, type ListPath, type Lotkeeper } from './client.ts';
export { isProblem, LotkeeperError, type Problem, type ProblemCode, type ProblemFields } from './errors.ts';
export { verifyWebhook, WebhookError, type WebhookEvent } from './webhooks.ts';
export { type Reserved, type Work, withCredits } from './with-credits.ts';
