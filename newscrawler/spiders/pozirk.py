"""`scrapy crawl pozirk`."""

from newscrawler.sites import get_site
from newscrawler.spiders.news import NewsSpider


class PozirkSpider(NewsSpider):
    """Crawls the news agency Pozirk."""

    name = "pozirk"
    site = get_site("pozirk")
