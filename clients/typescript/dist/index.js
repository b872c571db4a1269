export { connect } from "./client.js";
export { isProblem, LotkeeperError } from "./errors.js";
export { verifyWebhook, WebhookError } from "./webhooks.js";
export { withCredits } from "./with-credits.js";
