"""The database in a browser, as feeds and as an HTTP API. Needs the extra `[web]`."""
