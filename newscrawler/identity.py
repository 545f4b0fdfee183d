"""Which of the stories already known an observation speaks of. Pure.

In order: the site's own id; the canonical address; and where one of the two sides has neither (a premium
entry of a list may be no link), the headline: same site, language and fingerprint, close in time. The same
headline on another day is another story ("Weekly digest"). A headline may also have been edited while the
story had no address: then time, sections and wording have to agree, and the old one has to be gone
(`newscrawler.shown`).

Two addressed stories of one language, headline and day are one story published twice: the second is a
duplicate of the first. So are two of one night. What has its headline every day is another story every day.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from rapidfuzz import fuzz

from newscrawler.changes import ArticleState
from newscrawler.items import Observation

SAME_DAYS = timedelta(days=1)
"""How far apart two printed days may be: a list and a page can stand on either side of midnight."""
SAME_NIGHT = timedelta(hours=12)
"""How far apart two stories of one headline may be that were published on either side of midnight."""
UNDATED_WINDOW = timedelta(days=3)
"""For how long after it was last seen a headline without a day still means the same story."""

SAME_MINUTE = timedelta(minutes=1)
# How alike (0 to 100) two wordings have to be, the less time says the more. Where it says nothing, no
# likeness will do: today's "Exchange rates" are not yesterday's.
ALIKE_SAME_MINUTE, ALIKE_SAME_DAY = 60, 90
TELLING_LENGTH = 30
"""From how many letters on a headline is still the same with words added to it: `… – official`."""
HEARSAY_WINDOW = timedelta(days=30)
ALIKE_HEARSAY = 80
"""Where a list beside another story names one without address and day, it may well be a known one, edited
or long scrolled off. Taking it for known costs nothing: its listing will say more of it, and decides."""

_NOT_WORD = re.compile(r"\W+")


def fingerprint(headline: str | None) -> str | None:
    """What stays of a headline when case, punctuation, spaces and Unicode forms are put aside.

    None where nothing stays. Diacritics count: in Łacinka they tell words apart.
    """
    if not headline:
        return None
    folded = unicodedata.normalize("NFKC", headline).casefold()
    return _NOT_WORD.sub(" ", folded).strip() or None


def is_hearsay(seen: Observation) -> bool:
    """Whether all that is said is a headline, in a list beside another story."""
    undated = seen.published_date is None and seen.published_at is None
    return seen.source == "side_list" and seen.url is None and undated


def same_story(known: ArticleState, seen: Observation) -> bool:
    """Whether two of one site, language and fingerprint are one story, where not both have an address."""
    if known.external_id and seen.external_id and known.external_id != seen.external_id:
        return False
    if known.url and seen.url and known.url != seen.url:
        return False
    if is_hearsay(seen):
        return abs(seen.seen_at - known.last_seen_at) <= HEARSAY_WINDOW
    return _close_in_time(known, seen)


def is_duplicate(known: ArticleState, seen: Observation) -> bool:
    """Whether a story with an address of its own, of this fingerprint, is the known one published again."""
    if known.url is None or seen.url is None:
        return False
    if known.published_date is None or seen.published_date is None:
        # A link whose page could not be read. What was published twice appears twice in a night; the last
        # digest of the same headline may still have been seen a minute ago.
        return abs(_appeared(known, known.first_seen_at) - _appeared(seen, seen.seen_at)) <= SAME_NIGHT
    if known.published_at is not None and seen.published_at is not None:
        apart = abs(known.published_at - seen.published_at)
        return known.published_date == seen.published_date or apart <= SAME_NIGHT
    return known.published_date == seen.published_date


def _appeared(story: ArticleState | Observation, seen_at: datetime) -> datetime:
    """About when a story came out: when it says, at noon of the day it says, or when it was seen."""
    if story.published_at is not None:
        return story.published_at
    if story.published_date is not None:
        return min(seen_at, datetime.combine(story.published_date, time(12), UTC))
    return seen_at


def reworded(candidates: Iterable[tuple[ArticleState, bool]], seen: Observation) -> ArticleState | None:
    """The story of which `seen` is the edited headline.

    Candidates are of one site and language and not shown any more as they were; hearsay apart, they have no
    address. With each, whether it is certain that it is not shown: two stories of one minute may be worded
    alike, and joining them would lose one.
    """
    alike = [
        (likeness, known) for known, certain in candidates if (likeness := _likeness(known, seen, certain))
    ]
    return max(alike, key=lambda pair: (pair[0], pair[1].last_seen_at))[1] if alike else None


def _likeness(known: ArticleState, seen: Observation, certain: bool) -> float:
    """How alike the wordings are, 0 to 100; 0 where time or sections speak against one story."""
    if known.sections and seen.sections and set(known.sections) != set(seen.sections):
        return 0
    undated = known.published_date is None and known.published_at is None
    if is_hearsay(seen):
        wanted = ALIKE_HEARSAY
    elif undated and seen.published_date and _close_in_time(known, seen):
        # Known from hearsay alone, where listings have days. Now it is the listing that speaks, and joining
        # two stories would lose one of them.
        wanted = ALIKE_SAME_DAY
    elif known.published_at and seen.published_at:
        if abs(known.published_at - seen.published_at) > SAME_MINUTE:
            return 0
        wanted = ALIKE_SAME_MINUTE if certain else ALIKE_SAME_DAY
    elif known.published_date and known.published_date == seen.published_date:
        wanted = ALIKE_SAME_DAY
    else:
        return 0
    before, now = fingerprint(known.headline), fingerprint(seen.headline)
    if not before or not now:
        return 0
    short, long = sorted((before, now), key=len)
    if len(short) >= TELLING_LENGTH and long.startswith(f"{short} "):
        return 100
    return fuzz.ratio(before, now, score_cutoff=wanted)


def _close_in_time(known: ArticleState, seen: Observation) -> bool:
    if day_of(known) == day_of(seen):
        return True  # without address there can be one of a headline and day: `unlinked_key` of the schema
    if known.published_at and seen.published_at:
        return abs(known.published_at - seen.published_at) <= SAME_NIGHT
    if known.published_date and seen.published_date:
        return abs(known.published_date - seen.published_date) <= SAME_DAYS
    gap = max(known.first_seen_at - seen.seen_at, seen.seen_at - known.last_seen_at)
    return gap <= UNDATED_WINDOW


def day_of(story: ArticleState | Observation) -> date:
    """What tells a story from others of its headline: its day, else the one on which it was first seen."""
    seen_at = story.first_seen_at if isinstance(story, ArticleState) else story.seen_at
    return story.published_date or seen_at.date()


def best_match(candidates: Iterable[ArticleState], seen: Observation) -> ArticleState | None:
    """The candidate that is the same story: of its day before others, then the most recently seen."""
    same = [known for known in candidates if same_story(known, seen)]
    return max(
        same,
        key=lambda known: (known.published_date == seen.published_date, known.last_seen_at),
        default=None,
    )
