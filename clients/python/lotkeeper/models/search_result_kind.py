from typing import Literal, cast

SearchResultKind = Literal["account", "generation", "membership", "payment", "purchase"]


def check_search_result_kind(value: str) -> SearchResultKind:
    # A newer server may answer with values that this client does not know.
    return cast(SearchResultKind, value)
