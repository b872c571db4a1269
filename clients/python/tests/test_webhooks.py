"""Messages as Standard Webhooks signs them."""

import base64
import hashlib
import hmac
import json
import unittest

from lotkeeper import UnknownEvent, WebhookError, verify_webhook
from lotkeeper.models import CreditsLowEvent

SECRET = "whsec_" + base64.b64encode(b"a secret of thirty-two bytes....").decode()
OTHER = "whsec_" + base64.b64encode(b"another one of thirty-two bytes.").decode()
NOW = 1_800_000_000.0
EVENT = {
    "type": "credits.low",
    "timestamp": "2027-01-15T08:00:00.000Z",
    "data": {"account": "ada", "below": 5, "available": 4},
}
BODY = json.dumps(EVENT)


def headers(*secrets: str, body: str = BODY) -> dict[str, str]:
    signed = f"evt_1.{NOW:.0f}.{body}".encode()
    keys = [base64.b64decode(secret.removeprefix("whsec_")) for secret in secrets]
    signatures = [base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode() for key in keys]
    return {
        "Webhook-Id": "evt_1",
        "webhook-timestamp": f"{NOW:.0f}",
        "webhook-signature": " ".join(f"v1,{signature}" for signature in signatures),
    }


class WebhooksTest(unittest.TestCase):
    def test_a_signed_message_is_its_event(self) -> None:
        for body, fields in ((BODY, headers(SECRET)), (BODY.encode(), headers(OTHER, SECRET))):
            event = verify_webhook(body, fields, SECRET, NOW)
            assert isinstance(event, CreditsLowEvent)
            self.assertEqual(event.data.account, "ada")

    def test_an_event_that_is_newer_than_the_client(self) -> None:
        body = json.dumps({**EVENT, "type": "credits.new"})
        self.assertIsInstance(verify_webhook(body, headers(SECRET, body=body), SECRET, NOW), UnknownEvent)

    def test_a_signature_of_the_library_of_standard_webhooks(self) -> None:
        body = '{"type": "credits.new", "timestamp": "2027-01-15T08:00:00.000Z", "data": {}}'
        signature = "v1,xeZ/MRqp+CaAg3qJWbCRqzo12UcNFoCivCS3M3TnOmo="
        fields = {**headers(SECRET), "webhook-signature": signature}
        self.assertIsInstance(verify_webhook(body, fields, SECRET, NOW), UnknownEvent)

    def test_forged_and_old_messages_are_refused(self) -> None:
        signed = headers(SECRET)
        cases: list[tuple[str, str, dict[str, str], float]] = [
            ("a changed body", BODY.replace("ada", "eve"), signed, NOW),
            ("another id", BODY, {**signed, "Webhook-Id": "evt_2"}, NOW),
            ("a wrong secret", BODY, headers(OTHER), NOW),
            ("a signature that is no base64", BODY, {**signed, "webhook-signature": "v1,%"}, NOW),
            ("a signature that is not ASCII", BODY, {**signed, "webhook-signature": "v1,ä"}, NOW),
            ("another scheme", BODY, {**signed, "webhook-signature": "v2,abcd"}, NOW),
            ("a time that is no number", BODY, {**signed, "webhook-timestamp": "nan"}, NOW),
            ("no headers", BODY, {}, NOW),
            ("an old signature", BODY, signed, NOW + 301),
            ("a signature of the future", BODY, signed, NOW - 301),
        ]
        for name, body, fields, now in cases:
            with self.subTest(name), self.assertRaises(WebhookError):
                verify_webhook(body, fields, SECRET, now)


if __name__ == "__main__":
    unittest.main()
