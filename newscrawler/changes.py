"""What is known of a story + what was just seen of it → what happened. Pure: no clock, no database.

Two places speak of a story: the listing and the story's own page. Each keeps its own last word here, so
that the two may differ (another headline in the list, a mark in one place only) without looking like an
edit each time the crawler turns from one to the other. The rules:

- None never overwrites a known value.
- What was seen earlier than the last look at the same place fills gaps and changes nothing else.
- Once a story's page has been read, its headline and body are the page's; a differing listing is a reason
  to read the page again, not an edit.
- A story is premium while either place marks it. It becomes free when no place marks it any more: a mark
  that a new layout lost in the listing flips nothing while the story's own page still shows one. A mark in
  a listing that has scrolled on does not outlive the page's own.
- The news list beside another story (`side_list`), or a feed or sitemap beside the listing, makes stories
  known and adds addresses; of a known story it changes nothing, since such lists come from caches of every
  age.
- So is a listing in another language that has the story's number: what it says is no edit.
- A list that says that a story was modified since its page was read is a reason to read the page again.
- Text that comes or goes with the paywall is no edit.
- A story's page whose text could not be found, and that no paywall explains, has not been read: it fills
  gaps and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from typing import Literal

from newscrawler.items import Evidence, FoundBy, Observation, Source, Visit
from newscrawler.looks import USUAL_LOOKS, LookSchedule, retry_look

EventKind = Literal[
    "new",
    "new_premium",
    "became_premium",
    "became_free",
    "headline_changed",
    "body_changed",
    "removed",
    "restored",
]
EVENT_KINDS: tuple[EventKind, ...] = (
    "new",
    "new_premium",
    "became_premium",
    "became_free",
    "headline_changed",
    "body_changed",
    "removed",
    "restored",
)
Status = Literal["published", "removed"]
LISTING_HOLDS = timedelta(hours=1)
"""For how long a listing's mark holds against a page that has lost its own: lists come from caches, too."""
SAME_TIME = timedelta(minutes=15)
"""How far apart a run reads a listing and the pages that it leads to."""

REVISED_BY = ("headline", "sections", "premium", "published_date", "published_at", "body", "status")
"""A change of one of these makes a revision. `modified_at` alone does not: some sites touch it daily."""


@dataclass(slots=True)
class ArticleState:
    """All that is known of one story."""

    site: str
    language: str
    first_seen_at: datetime
    last_seen_at: datetime
    url: str | None = None
    external_id: str | None = None
    headline: str | None = None
    sections: list[str] = field(default_factory=list)
    premium: bool | None = None
    premium_evidence: Evidence | None = None
    dateline: str | None = None
    published_date: date | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    description: str | None = None
    lead: str | None = None
    body: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    image: str | None = None
    translations: dict[str, str] = field(default_factory=dict)
    found_by: FoundBy | None = None
    """The way in which it was first found; None for a story stored before that was noted."""
    revision: int = 1
    status: Status = "published"
    listed_at: datetime | None = None
    """When it was last seen in a listing."""
    listing_headline: str | None = None
    listing_premium: bool | None = None
    listing_evidence: Evidence | None = None
    fetched_at: datetime | None = None
    """When its own page was last read; None before the first time."""
    page_premium: bool | None = None
    page_evidence: Evidence | None = None
    page_opened_at: datetime | None = None
    """When the page was first read without the mark that it or, before it was ever read, a listing had; None
    while it has it, or nothing had."""
    next_look_at: datetime | None = None
    """When its own page is due to be read (again); None for a story without address."""
    look_failures: int = 0
    """How many times in a row its page could not be read, or was not there."""
    gone_since: datetime | None = None
    """When its page first answered 404 or 410; None while it is there."""
    gone_status: int | None = None
    """What it answered then."""

    def wants_page(self, now: datetime) -> bool:
        """Whether its own page is to be read now."""
        return self.next_look_at is not None and self.next_look_at <= now


@dataclass(slots=True, frozen=True)
class Happening:
    """An event before it is stored."""

    kind: EventKind
    old: object = None
    new: object = None
    evidence: Evidence | None = None


@dataclass(slots=True)
class Change:
    """What an observation makes of a story."""

    state: ArticleState
    happenings: list[Happening] = field(default_factory=list)
    revised: bool = False
    """Whether the state is a new revision; always so for a new story."""


_SEEN_IN: dict[Source, str] = {
    "article": "its own page",
    "listing": "listing",
    "side_list": "list beside an article",
}
_FROM_OBSERVATION = tuple(
    f.name
    for f in fields(ArticleState)
    if f.name in {g.name for g in fields(Observation)} and not f.name.startswith("premium")
)
_CONTENT = tuple(
    n for n in _FROM_OBSERVATION if n not in ("site", "language", "url", "external_id", "found_by")
)


def compare(known: ArticleState | None, seen: Observation, looks: LookSchedule = USUAL_LOOKS) -> Change:
    """What `seen` makes of `known` (None for a story never seen). The arguments are left as they are."""
    if known is None:
        return _first_sight(seen, looks)
    state = replace(
        known,
        first_seen_at=min(known.first_seen_at, seen.seen_at),
        last_seen_at=max(known.last_seen_at, seen.seen_at),
    )
    for name in _FROM_OBSERVATION:
        if getattr(state, name) in (None, [], {}) and name != "found_by":
            setattr(state, name, getattr(seen, name))
    own_listing = seen.source == "listing" and seen.language == known.language
    if own_listing and (known.listed_at is None or seen.seen_at >= known.listed_at):
        _take_listing(state, seen)
    elif seen.source == "article" and (known.fetched_at is None or seen.seen_at >= known.fetched_at):
        _take_page(state, seen)
    elif state.listing_premium is None and seen.source != "article":
        state.listing_premium, state.listing_evidence = seen.premium, seen.premium_evidence
    if seen.source != "article" and _is_modified(known, seen):
        state.next_look_at = seen.seen_at
    _weigh_premium(state)
    if state.fetched_at == seen.seen_at and seen.source == "article":
        _looked(state, seen.seen_at, looks)
    elif state.url is not None and state.next_look_at is None:
        state.next_look_at = seen.seen_at
    return _revised(known, Change(state, _happenings(known, state, seen)))


def _is_modified(known: ArticleState, seen: Observation) -> bool:
    """Whether a list says that a story was changed since its own page was read."""
    if seen.modified_at is None or known.fetched_at is None or known.url is None:
        return False
    return known.fetched_at < seen.modified_at <= seen.seen_at + SAME_TIME


def visited(known: ArticleState, visit: Visit, looks: LookSchedule = USUAL_LOOKS) -> Change:
    """What a visit of a story's page makes of it, beside what the page said: removal, and the next look."""
    state = replace(known)
    evidence: Evidence | None = None
    match visit.status:
        case "unchanged":
            evidence = Evidence(_SEEN_IN["article"], page_url=visit.url)
            state.fetched_at = max(visit.at, state.fetched_at or visit.at)
            state.last_seen_at = max(visit.at, state.last_seen_at)
            _weigh_premium(state)
            _looked(state, visit.at, looks)
        case "gone":
            state.look_failures += 1
            if state.gone_since is None:
                state.gone_since, state.gone_status = visit.at, visit.http_status
            if state.status == "removed" or visit.at - state.gone_since >= looks.removed_after:
                state.status = "removed"
                state.next_look_at = visit.at + looks.later
                evidence = _absence(state, visit)
            else:
                again = retry_look(state.look_failures, visit.at)
                state.next_look_at = min(again, state.gone_since + looks.removed_after)
        case "failed":
            state.look_failures += 1
            state.next_look_at = retry_look(state.look_failures, visit.at)
        case "read" | "passed":
            pass  # the page's own observation says it all, or there is none
    return _revised(known, Change(state, _turns(known, state, evidence)))


def _absence(state: ArticleState, visit: Visit) -> Evidence:
    """The two answers that say that a page is gone for good."""
    answers = ((state.gone_status, state.gone_since), (visit.http_status, visit.at))
    said = ", ".join(f"{status or '404 or 410'} at {at:%Y-%m-%d %H:%M:%S} UTC" for status, at in answers)
    return Evidence("HTTP status", said, page_url=visit.url)


def _looked(state: ArticleState, at: datetime, looks: LookSchedule) -> None:
    """The page is there, and was read."""
    state.look_failures = 0
    state.gone_since = state.gone_status = None
    state.status = "published"
    state.next_look_at = looks.next_look(state, at)


def _revised(known: ArticleState, change: Change) -> Change:
    change.revised = any(getattr(known, name) != getattr(change.state, name) for name in REVISED_BY)
    if change.revised:
        change.state.revision += 1
    return change


def _first_sight(seen: Observation, looks: LookSchedule) -> Change:
    state = ArticleState(
        **{name: getattr(seen, name) for name in _FROM_OBSERVATION},
        first_seen_at=seen.seen_at,
        last_seen_at=seen.seen_at,
    )
    if seen.source == "article":
        _take_page(state, seen)
    else:
        _take_listing(state, seen)
    _weigh_premium(state)
    if state.fetched_at is not None:
        _looked(state, seen.seen_at, looks)
    elif state.url is not None:
        state.next_look_at = seen.seen_at
    kind: EventKind = "new_premium" if state.premium else "new"
    return Change(state, [Happening(kind, None, state.headline, state.premium_evidence)], revised=True)


def _take_listing(state: ArticleState, seen: Observation) -> None:
    # What the page has said already is no news when a listing says it for the first time.
    unsaid = state.listing_premium is None
    before = (
        state.listing_headline or state.headline,
        (state.premium if seen.premium is not None else None) if unsaid else state.listing_premium,
    )
    state.listed_at = seen.seen_at
    state.listing_headline = seen.headline or state.listing_headline
    if seen.premium is not None:
        state.listing_premium, state.listing_evidence = seen.premium, seen.premium_evidence
    if state.url is not None and (
        before != (state.listing_headline, state.listing_premium) or state.status == "removed"
    ):
        # The listing has news of it, and its page tells more.
        state.next_look_at = seen.seen_at
    if state.fetched_at is None:
        _overwrite(state, seen, ("headline", "sections", "published_date", "published_at", "body"))


def _take_page(state: ArticleState, seen: Observation) -> None:
    if seen.partial:
        return
    state.fetched_at = seen.seen_at
    if seen.premium is False and (state.page_premium or _marked_earlier(state, seen)):
        state.page_opened_at = seen.seen_at
    elif seen.premium:
        state.page_opened_at = None
    if seen.premium is not None:
        state.page_premium, state.page_evidence = seen.premium, seen.premium_evidence
    _overwrite(state, seen, _CONTENT)


def _marked_earlier(state: ArticleState, seen: Observation) -> bool:
    """Whether a listing marked a story, some while before its page was read for the first time.

    Where both are read at the same time and disagree, it is their layouts that differ.
    """
    if state.page_premium is not None or not state.listing_premium or state.listed_at is None:
        return False
    return seen.seen_at - state.listed_at > SAME_TIME


def _overwrite(state: ArticleState, seen: Observation, names: tuple[str, ...]) -> None:
    for name in names:
        value = getattr(seen, name)
        if value not in (None, [], {}):
            setattr(state, name, value)


def _weigh_premium(state: ArticleState) -> None:
    """The premium value that both places together give, with the evidence it rests on."""
    listing, page = state.listing_premium, state.page_premium
    if listing and _is_outdated(state):
        listing = None
    said = ((page, state.page_evidence), (listing, state.listing_evidence))
    for wanted in (True, False):
        for value, evidence in said:
            if value is wanted:
                state.premium, state.premium_evidence = value, evidence
                return


def _is_outdated(state: ArticleState) -> bool:
    """Whether the page has opened since a listing last marked the story, which it no longer shows."""
    if state.page_opened_at is None or state.fetched_at is None or state.listed_at is None:
        return False
    return state.fetched_at - state.listed_at > LISTING_HOLDS


def _happenings(known: ArticleState, state: ArticleState, seen: Observation) -> list[Happening]:
    first_read = seen.source == "article" and known.fetched_at is None
    where = Evidence(_SEEN_IN[seen.source], page_url=seen.page_url)
    found = _turns(known, state, where, first_read=first_read)
    if first_read:
        return found
    if known.headline is not None and known.headline != state.headline:
        found.append(Happening("headline_changed", known.headline, state.headline, where))
    paywall_moved = known.premium is not state.premium or known.page_premium is not state.page_premium
    if known.body and known.body != state.body and not paywall_moved:
        found.append(Happening("body_changed", known.body, state.body, where))
    return found


def _turns(
    known: ArticleState, state: ArticleState, evidence: Evidence | None, *, first_read: bool = False
) -> list[Happening]:
    """What happened to a story's status, by this evidence, and to its paywall."""
    found: list[Happening] = []
    if known.status != state.status:
        kind: EventKind = "removed" if state.status == "removed" else "restored"
        found.append(Happening(kind, known.status, state.status, evidence))
    if state.premium and not known.premium:
        # Nobody has seen the story open: its page was not read before, so it is new and premium.
        kind = "new_premium" if first_read else "became_premium"
        found.append(Happening(kind, known.premium, True, state.premium_evidence))
    elif known.premium and not state.premium:
        found.append(Happening("became_free", True, state.premium, state.premium_evidence))
    return found
