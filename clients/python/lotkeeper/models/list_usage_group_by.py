from typing import Literal, cast

ListUsageGroupBy = Literal["api_key", "day", "operation"]


def check_list_usage_group_by(value: str) -> ListUsageGroupBy:
    # A newer server may answer with values that this client does not know.
    return cast(ListUsageGroupBy, value)
