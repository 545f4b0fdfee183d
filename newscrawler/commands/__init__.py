"""Commands of `scrapy` that this project replaces (COMMANDS_MODULE)."""
