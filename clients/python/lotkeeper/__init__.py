"""The client of Lotkeeper, a credits backend."""

from .client import Lotkeeper
from .credits import Reserved, with_credits
from .errors import (
    InsufficientCredits,
    InvalidRequest,
    LimitReached,
    LotkeeperError,
    PriceOutOfRange,
    ScopeRequired,
)
from .lists import each, each_async
from .webhooks import UnknownEvent, WebhookError, WebhookEvent, verify_webhook

__all__ = [
    "InsufficientCredits",
    "InvalidRequest",
    "LimitReached",
    "Lotkeeper",
    "LotkeeperError",
    "PriceOutOfRange",
    "Reserved",
    "ScopeRequired",
    "UnknownEvent",
    "WebhookError",
    "WebhookEvent",
    "each",
    "each_async",
    "verify_webhook",
    "with_credits",
]
