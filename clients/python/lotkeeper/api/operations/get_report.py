from typing import Any
from urllib.parse import quote

import httpx

from ...client import Lotkeeper
from ...models.get_report_test_clocks import GetReportTestClocks
from ...models.report import Report
from ...types import UNSET, Unset


def _request(
    report: str,
    *,
    from_: str | Unset = UNSET,
    to: str | Unset = UNSET,
    test_clocks: GetReportTestClocks | Unset = "false",
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["from"] = from_

    params["to"] = to

    json_test_clocks: str | Unset = UNSET
    if not isinstance(test_clocks, Unset):
        json_test_clocks = test_clocks

    params["test_clocks"] = json_test_clocks

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "GET",
        "url": "/v1/reports/{report}".format(
            report=quote(str(report), safe=""),
        ),
        "params": params,
    }
    return _kwargs


def _parse(response: httpx.Response) -> Report:
    response_200 = Report.from_dict(response.json())

    return response_200


def sync(
    report: str,
    *,
    client: Lotkeeper,
    from_: str | Unset = UNSET,
    to: str | Unset = UNSET,
    test_clocks: GetReportTestClocks | Unset = "false",
) -> Report:
    """Get the report usage: credits granted, spent, expired and outstanding, by month and source.

    Scope: support.

    Args:

    Raises:
        LotkeeperError: Lotkeeper refused it, or could not do it.
    """

    return _parse(
        client.send(
            **_request(
                report=report,
                from_=from_,
                to=to,
                test_clocks=test_clocks,
            )
        )
    )


async def asyncio(
    report: str,
    *,
    client: Lotkeeper,
    from_: str | Unset = UNSET,
    to: str | Unset = UNSET,
    test_clocks: GetReportTestClocks | Unset = "false",
) -> Report:
    """Get the report usage: credits granted, spent, expired and outstanding, by month and source: `sync` for asyncio."""
    return _parse(
        await client.send_async(
            **_request(
                report=report,
                from_=from_,
                to=to,
                test_clocks=test_clocks,
            )
        )
    )
