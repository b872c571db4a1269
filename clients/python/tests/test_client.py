"""The client against a running Lotkeeper: LOTKEEPER_URL, LOTKEEPER_KEY, and ACCOUNT, which has credits of the product kvidai."""

import asyncio
import os
import unittest
from collections.abc import Callable
from typing import Any

import httpx

from lotkeeper import InsufficientCredits, Lotkeeper, LotkeeperError, each, each_async, with_credits
from lotkeeper.api.accounts import get_account, get_balance, list_entries, list_lots
from lotkeeper.api.api_keys import list_keys
from lotkeeper.api.generations import charge_credits, get_generation
from lotkeeper.models import ChargeCreditsBody

URL, KEY, ACCOUNT = (os.environ[name] for name in ("LOTKEEPER_URL", "LOTKEEPER_KEY", "ACCOUNT"))


class Observed(httpx.HTTPTransport):
    """Counts the keys that are sent, and may change or lose an answer."""

    def __init__(self, change: Callable[[httpx.Response, int], httpx.Response]) -> None:
        super().__init__()
        self.keys: list[str | None] = []
        self.change = change

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.keys.append(request.headers.get("idempotency-key"))
        return self.change(super().handle_request(request), len(self.keys))


class ClientTest(unittest.TestCase):
    def setUp(self) -> None:
        self.client = Lotkeeper(URL, key=KEY)
        self.addCleanup(self.client.close)
        self.available = self.balance()[0]

    def balance(self) -> tuple[int, int]:
        balance = get_balance.sync(ACCOUNT, client=self.client)
        return balance.available, balance.held

    def assert_spent(self, credits: int) -> None:
        self.assertEqual(self.balance(), (self.available - credits, 0))

    def test_calls_are_typed(self) -> None:
        account = get_account.sync(ACCOUNT, client=self.client)
        self.assertEqual(account.account, ACCOUNT)
        self.assertIsNone(account.closed_at)
        [lot] = list_lots.sync(ACCOUNT, client=self.client).data
        self.assertEqual((lot.source, lot.available), ("purchased", self.available))

    def test_delivered_outputs_are_spent(self) -> None:
        with with_credits(self.client, account=ACCOUNT, operation="image", outputs=4, metadata={"job": 1}) as reserved:
            self.assertEqual(self.balance()[1], 8)
            reserved.delivered(3)
        self.assert_spent(6)
        generation = get_generation.sync(reserved.generation.id, client=self.client)
        self.assertEqual(generation.state, "partially_refunded")
        self.assertEqual(generation.metadata and generation.metadata["job"], 1)

    def test_a_block_that_raises_costs_nothing(self) -> None:
        with self.assertRaisesRegex(MemoryError, "no memory"):
            with with_credits(self.client, account=ACCOUNT, operation="image", outputs=4):
                raise MemoryError("no memory")
        self.assert_spent(0)

    def test_a_refused_block_does_not_start(self) -> None:
        with self.assertRaises(InsufficientCredits) as caught:
            with with_credits(self.client, account=ACCOUNT, operation="image", outputs=100):
                self.fail("the block started")
        self.assertEqual((caught.exception.required, caught.exception.available), (200, self.available))
        self.assertEqual((caught.exception.code, caught.exception.status), ("insufficient_credits", 402))

    def test_a_lost_answer_is_requested_again_under_the_same_key(self) -> None:
        def lose(response: httpx.Response, count: int) -> httpx.Response:
            if count == 1:
                raise httpx.ReadError("the connection broke")
            return httpx.Response(502, text="bad gateway") if count == 2 else response

        transport = Observed(lose)
        client = Lotkeeper(URL, key=KEY, transport=transport)
        charge_credits.sync(ACCOUNT, client=client, body=ChargeCreditsBody(operation="image", outputs=2))
        self.assertEqual((len(transport.keys), len(set(transport.keys))), (3, 1))
        self.assert_spent(4)

    def test_a_business_key_makes_a_call_the_same_call(self) -> None:
        transport = Observed(lambda response, _: response)
        client = Lotkeeper(URL, key=KEY, transport=transport)
        key = f"order {self.id()}"
        for _ in range(2):
            body = ChargeCreditsBody(operation="image", outputs=1)
            charge_credits.sync(ACCOUNT, client=client, body=body, idempotency_key=key)
        self.assertEqual(transport.keys, [key, key])
        self.assert_spent(2)

    def test_an_error_that_would_recur_is_not_requested_again(self) -> None:
        transport = Observed(lambda response, _: response)
        with self.assertRaises(LotkeeperError) as caught:
            list_keys.sync(client=Lotkeeper(URL, key=KEY, transport=transport))
        self.assertEqual((caught.exception.code, len(transport.keys)), ("scope_required", 1))

    def test_an_error_of_a_proxy_is_reported_after_the_attempts(self) -> None:
        transport = Observed(lambda _, __: httpx.Response(502, text="bad gateway"))
        with self.assertRaises(LotkeeperError) as caught:
            get_balance.sync(ACCOUNT, client=Lotkeeper(URL, key=KEY, attempts=2, transport=transport))
        error = caught.exception
        self.assertEqual((error.code, error.status, str(error)), ("temporarily_unavailable", 502, "bad gateway"))
        self.assertEqual(len(transport.keys), 2)

    def test_a_list_is_read_to_its_end(self) -> None:
        for _ in range(2):
            charge_credits.sync(ACCOUNT, client=self.client, body=ChargeCreditsBody(operation="image", outputs=1))
        entries = list(each(list_entries.sync, ACCOUNT, client=self.client, limit=1))
        self.assertGreaterEqual(len(entries), 5)
        self.assertEqual(entries[-1].reason, "test")
        self.assertEqual(len({entry.id for entry in entries}), len(entries))

    def test_asyncio(self) -> None:
        async def work() -> list[Any]:
            async with Lotkeeper(URL, key=KEY) as client:
                async with with_credits(client, account=ACCOUNT, operation="image", outputs=2):
                    pass
                with self.assertRaisesRegex(ValueError, "no model"):
                    async with with_credits(client, account=ACCOUNT, operation="image"):
                        raise ValueError("no model")
                return [lot.available async for lot in each_async(list_lots.asyncio, ACCOUNT, client=client)]

        self.assertEqual(asyncio.run(work()), [self.available - 4])
        self.assert_spent(4)

    def test_a_cancelled_task_releases_its_credits(self) -> None:
        async def work() -> None:
            started = asyncio.Event()

            async def endless(client: Lotkeeper) -> None:
                async with with_credits(client, account=ACCOUNT, operation="image"):
                    started.set()
                    await asyncio.Event().wait()

            async with Lotkeeper(URL, key=KEY) as client:
                task = asyncio.create_task(endless(client))
                await asyncio.wait_for(started.wait(), 30)
                task.cancel()
                await asyncio.wait([task])

        asyncio.run(work())
        self.assert_spent(0)


if __name__ == "__main__":
    unittest.main()
