"""Which addresses look like those of stories, on any site.

Asked of what lists everything a site has (sitemaps, links of a page): it keeps a crawl out of calendars,
search results, faceted lists, tag and author pages, and files. What a publisher lists as its stories (a feed,
a news sitemap, REST) is only kept from being a file or the front page.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, unquote

from newscrawler.normalize.urls import split

_FILE: Final = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|pdf|docx?|xlsx?|pptx?|zip|rar|gz|7z|mp[34]|m4[av]|avi|mov|webm"
    r"|ogg|wav|css|js|json|xml|rss|atom|txt|ics|woff2?|ttf|apk|exe)$",
    re.I,
)
_PAGE_ENDING: Final = re.compile(r"\.(?:x?html?|php|aspx?|jsp|shtml|cms|ece|do|stm)$", re.I)
# Words for lists and services, in the form they have in addresses.
_WORDS: Final = """
    tag tags topic topics category categories kategorie kategoria categorie author authors autor auteur people
    search suche recherche busca poisk feed feeds rss atom sitemap sitemaps archive archives archiv arhiv page
    pages login signin sign-in signup sign-up register registration account profile subscribe subscription
    newsletter newsletters cart checkout shop wp-json wp-admin wp-content wp-includes wp-login api cdn-cgi
    calendar kalender gallery galleries embed amp print comments comment reply share trackback contact
    contacts about about-us impressum privacy privacy-policy terms terms-of-use cookies advertise advertising
    jobs help faq legal video-archive live-tv tv-guide weather horoscope games
"""
_NO_STORY: Final = frozenset(_WORDS.split())
_IDS: Final = "id p nid aid sid newsid news_id article article_id articleid story storyid post post_id"
_ID_KEYS: Final = frozenset(_IDS.split())
_SLUG_PARTS: Final = re.compile(r"[-_+.]+")
_NUMBER: Final = re.compile(r"(?<!\d)\d{4,}(?!\d)|(?:^|[a-z_-])\d{3,}(?!\d)", re.I)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_HEX: Final = re.compile(r"(?=[0-9a-f-]*\d)[0-9a-f-]{12,}", re.I)
_CODE: Final = re.compile(r"(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-z0-9]{7,14}", re.I)
MAX_LENGTH: Final = 600
MAX_PARTS: Final = 10


def can_be_story(url: str) -> bool:
    """Whether an address can be a story's at all: no file, not the front page, no endless path."""
    parts = split(url)
    if parts is None or parts.scheme not in ("http", "https") or len(url) > MAX_LENGTH:
        return False
    segments = [s for s in parts.path.split("/") if s]
    if _FILE.search(parts.path) or len(segments) > MAX_PARTS or len(set(segments)) < len(segments) - 2:
        return False
    return bool(segments) or any(k in _ID_KEYS for k, _ in parse_qsl(parts.query))


def looks_like_story(url: str) -> bool:
    """Whether an address is formed as those of stories are: with a headline, a number or a code in it."""
    if not can_be_story(url):
        return False
    parts = split(url)
    assert parts is not None
    query = parse_qsl(parts.query, keep_blank_values=True)
    if any(key.lower() not in _ID_KEYS for key, _ in query):
        return False  # faceted, sorted, searched
    if query:
        return any(value.isalnum() and any(c.isdigit() for c in value) for _, value in query)
    segments = [unquote(s) for s in parts.path.split("/") if s]
    if any(s.lower() in _NO_STORY for s in segments[:-1]) or segments[-1].lower() in _NO_STORY:
        return False
    last = _PAGE_ENDING.sub("", segments[-1])
    if last.lower() in ("index", "default", "") and len(segments) > 1:
        last = segments[-2]
    if all(s.isdigit() for s in segments):
        return len(segments) <= 2 and len(last) >= 5  # else a calendar: /2025/11/20/
    words = [w for w in _SLUG_PARTS.split(last) if w]
    if len(words) >= 4 or (len(words) >= 3 and len(last) >= 18):
        return True
    dated = any(_YEAR.fullmatch(s) for s in segments[:-1])
    if dated and not last.isdigit() and len(last) > 2:
        return True  # /2025/11/20/slug/
    number = _NUMBER.search(last)
    if number and not _YEAR.fullmatch(last):
        return True
    return bool(_HEX.fullmatch(last) or _CODE.fullmatch(last))
