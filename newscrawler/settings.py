"""Scrapy's settings. What a user sets is in `config.py`; what differs between sites is in `sites/`."""

BOT_NAME = "newscrawler"
SPIDER_LOADER_CLASS = "newscrawler.spiders.loader.SiteSpiderLoader"
COMMANDS_MODULE = "newscrawler.commands"

# Politeness. The spider sets DOWNLOAD_DELAY and USER_AGENT from the user's settings.
ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS = 1  # a second one, waiting in line, would still be sent after "429, come back later"
DOWNLOAD_DELAY_JITTER = 0
DOWNLOAD_TIMEOUT = 60
RETRY_TIMES = 2
COOKIES_ENABLED = False

# Safety. Remote control runs arbitrary code; certificates are not verified unless asked for.
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024
DOWNLOAD_WARNSIZE = 5 * 1024 * 1024

# The newest stories come first in a listing, and are asked for first.
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"
SCHEDULER_START_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"

# Each response may wait in this many tasks at once; the default of 100 costs a quarter of the CPU.
CONCURRENT_ITEMS = 8

DOWNLOADER_MIDDLEWARES = {
    # Before OffsiteMiddleware (50) and robots.txt (100): both have to see the real target.
    "newscrawler.middlewares.mirror.MirrorMiddleware": 25,
    "newscrawler.middlewares.validators.ValidatorsMiddleware": 30,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newscrawler.middlewares.robots.RobotsMiddleware": 100,
    # Sees an answer before RetryMiddleware (550), which retries at once.
    "newscrawler.middlewares.retry_after.RetryAfterMiddleware": 560,
}
EXTENSIONS = {
    "newscrawler.extensions.crawl_delay.CrawlDelay": 0,
    "newscrawler.extensions.heartbeat.Heartbeat": 0,
}
ITEM_PIPELINES = {
    "newscrawler.pipelines.normalize.NormalizePipeline": 100,
    "newscrawler.pipelines.dedupe.DedupePipeline": 200,
    "newscrawler.pipelines.store.StorePipeline": 300,
}

LOG_LEVEL = "INFO"
DEFAULT_DROPITEM_LOG_LEVEL = "DEBUG"
