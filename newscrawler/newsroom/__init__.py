"""The newsroom: an invented news site on this machine, for the demo, the tests and the benchmarks.

newsroom = Newsroom(seed=1)
newsroom.stock(60)
with serve(newsroom) as site:
    ...                               # crawl site.base_url
    newsroom.publish("en", premium=True, linked=False)
    newsroom.ledger.premium(language="en")
"""

from newscrawler.newsroom.demo import demo_newsroom
from newscrawler.newsroom.faults import Fault, Faults
from newscrawler.newsroom.fixtures import fixtures_dir
from newscrawler.newsroom.ledger import Happening, Ledger
from newscrawler.newsroom.newsroom import Newsroom, NoSuchStoryError
from newscrawler.newsroom.other_sites import serve_as
from newscrawler.newsroom.rendering import LAYOUTS
from newscrawler.newsroom.responses import LoggedRequest
from newscrawler.newsroom.server import ServedSite, serve
from newscrawler.newsroom.stories import Story

__all__ = [
    "LAYOUTS",
    "Fault",
    "Faults",
    "Happening",
    "Ledger",
    "LoggedRequest",
    "Newsroom",
    "NoSuchStoryError",
    "ServedSite",
    "Story",
    "demo_newsroom",
    "fixtures_dir",
    "serve",
    "serve_as",
]
