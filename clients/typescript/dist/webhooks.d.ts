import type { webhooks } from './api.ts';
type Content<W> = W extends {
    post: {
        requestBody: {
            content: {
                'application/json': infer Body;
            };
        };
    };
} ? Body : never;
/** An event as Lotkeeper sends it; `type` tells what `data` has. */
export type WebhookEvent = Content<webhooks[keyof webhooks]>;
type HeaderFields = Headers | Record<string, string | string[] | undefined>;
/** A message that does not come from Lotkeeper, or came too late. Answer it with a 400. */
export declare class WebhookError extends Error {
    name: string;
}
/**
 * Verifies a webhook message (Standard Webhooks) and returns its event. Messages may come twice: skip those whose `webhook-id`
 * you have seen.
 * @param body the raw body, as it was received
 * @param secret of the endpoint: whsec_…
 * @throws WebhookError
 */
export declare function verifyWebhook(body: string, headers: HeaderFields, secret: string, now?: Date): Promise<WebhookEvent>;
export {};
