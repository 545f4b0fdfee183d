"""Reading one response. No network, no clock, no settings; no Scrapy and no database."""
