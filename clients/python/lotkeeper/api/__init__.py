"""The calls of the API, by subject. Each module has `sync` and `asyncio`."""
