from typing import Literal, cast

SearchResultMatched = Literal["account", "code", "email", "generation", "membership", "purchase", "reference"]


def check_search_result_matched(value: str) -> SearchResultMatched:
    # A newer server may answer with values that this client does not know.
    return cast(SearchResultMatched, value)
