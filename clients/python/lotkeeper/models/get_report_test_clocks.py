from typing import Literal, cast

GetReportTestClocks = Literal["false", "true"]


def check_get_report_test_clocks(value: str) -> GetReportTestClocks:
    # A newer server may answer with values that this client does not know.
    return cast(GetReportTestClocks, value)
