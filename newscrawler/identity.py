"""Which of the stories already known an observation speaks of. Pure.

In order: the site's own id; the canonical address; and where one of the two sides has neither (a premium
entry of a list may be no link), the headline: same site, language and fingerprint, close in time. The same
headline on another day is another story ("Weekly digest").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import timedelta

from newscrawler.changes import ArticleState
from newscrawler.items import Observation

SAME_DAYS = timedelta(days=1)
"""How far apart two printed days may be: a list and a page can stand on either side of midnight."""
UNDATED_WINDOW = timedelta(days=3)
"""For how long after it was last seen a headline without a day still means the same story."""

_NOT_WORD = re.compile(r"\W+")


def fingerprint(headline: str | None) -> str | None:
    """What stays of a headline when case, punctuation, spaces and Unicode forms are put aside.

    None where nothing stays. Diacritics count: in Łacinka they tell words apart.
    """
    if not headline:
        return None
    folded = unicodedata.normalize("NFKC", headline).casefold()
    return _NOT_WORD.sub(" ", folded).strip() or None


def same_story(known: ArticleState, seen: Observation) -> bool:
    """Whether two of one site, language and fingerprint are one story, where not both have an address."""
    if known.external_id and seen.external_id and known.external_id != seen.external_id:
        return False
    if known.url and seen.url and known.url != seen.url:
        return False
    if known.published_date and seen.published_date:
        return abs(known.published_date - seen.published_date) <= SAME_DAYS
    gap = max(known.first_seen_at - seen.seen_at, seen.seen_at - known.last_seen_at)
    return gap <= UNDATED_WINDOW


def best_match(candidates: Iterable[ArticleState], seen: Observation) -> ArticleState | None:
    """The candidate that is the same story, the most recently seen first."""
    same = [known for known in candidates if same_story(known, seen)]
    return max(same, key=lambda known: known.last_seen_at, default=None)
