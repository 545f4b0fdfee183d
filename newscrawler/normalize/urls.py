"""Addresses of any site: made absolute, without what only tracks the reader."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

_TRACKING: Final = re.compile(
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|yclid|ysclid|msclkid|twclid|ttclid|igshid|igsh|mc_[ce]id"
    r"|_openstat|_ga|_gl|hsa_\w+|pk_\w+|mtm_\w+|ref_src|ref_url|cmpid|__twitter_impression"
    r"|__cf_chl_\w+|at_medium|at_campaign|ns_source|ns_mchannel|fb_\w+|wprov"
    # Sessions: the same page has another address for every visitor.
    r"|phpsessid|jsessionid|aspsessionid\w*|session_?id|sess(?:id)?|cfid|cftoken|zenid|oscsid",
    re.I,
)
_SESSION_IN_PATH: Final = re.compile(r";jsessionid=[^/?#]*|/\(S\([a-z0-9]+\)\)", re.I)


_PLAIN: Final = re.compile(r"https?://[A-Za-z0-9.:-]+/[\w/.~%?&=+,;:@!-]*")
_PATH: Final = re.compile(r"/(?!/)(?:[\w~%?&=+,;:@!/-]++|\.(?!\.))*")


@lru_cache(maxsize=64)
def _origin(base: str) -> str:
    """Scheme and host of an address."""
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def split(url: str) -> SplitResult | None:
    """The parts of an address; None where it is none (`http://[`)."""
    try:
        return urlsplit(url.strip())
    except ValueError:
        return None


def absolute(base: str, href: str) -> str | None:
    """The http address a link points at; None for `javascript:`, `mailto:`, an empty or a broken one."""
    href = href.strip()
    if not href:
        return None
    if href.startswith(("https://", "http://")) and _PLAIN.fullmatch(href):
        return href
    if href[0] == "/" and base and _PATH.fullmatch(href):
        return _origin(base) + href
    try:
        url = urljoin(base, href) if base else href
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme in ("http", "https") and parts.netloc:
        return url
    # Without a base a path is still worth something: the site adds its own host.
    return url if not parts.scheme and url.startswith("/") else None


def host(url: str) -> str:
    """Host with port, in lower case; empty where there is none."""
    parts = split(url)
    return parts.netloc.rpartition("@")[2].lower() if parts else ""


def without_tracking(query: str) -> str:
    """A query string without parameters that only say who the reader is and where they came from."""
    if not query:
        return ""
    pairs = [(k, v) for k, v in parse_qsl(query, keep_blank_values=True) if not _TRACKING.fullmatch(k)]
    return urlencode(pairs)


def plain(url: str) -> str:
    """An address without tracking and session parameters, fragment, credentials, default port."""
    parts = split(url)
    if parts is None or not parts.netloc:
        return url.strip()
    netloc = host(url)
    for scheme, port in (("http", ":80"), ("https", ":443")):
        if parts.scheme == scheme:
            netloc = netloc.removesuffix(port)
    return urlunsplit((parts.scheme.lower(), netloc, _path(parts.path), without_tracking(parts.query), ""))


def _path(path: str) -> str:
    """A path without a session's number."""
    if ";" in path or "(" in path:
        path = _SESSION_IN_PATH.sub("", path)
    return path or "/"
