"""What the API answers, as its description says it. The same fields as the CLI's `--json`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

_EVIDENCE: JsonDict = {
    "signal": "marker",
    "text": "The material is available only to POZIRK+",
    "path": "li > span",
    "page_url": "https://pozirk.online/en/news/",
}


class Evidence(BaseModel):
    """Why `premium` has the value it has."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EVIDENCE]})

    signal: str = Field(description="Which rule spoke.")
    text: str | None = Field(description="The words that were found; null where the evidence is an absence.")
    path: str | None = Field(description="Where on the page.")
    page_url: str | None


class Article(BaseModel):
    """A stored article. Texts come from crawled pages: show them as text."""

    id: int = Field(examples=[12])
    site: str = Field(examples=["pozirk"])
    language: str = Field(examples=["en"])
    external_id: str | None = Field(examples=["161418"])
    url: str | None = Field(examples=["https://pozirk.online/en/news/161418/"])
    headline: str | None = Field(examples=["Minsk metro to close two exits"])
    sections: list[str] = Field(examples=[["Society"]])
    premium: bool | None = Field(description="null: nobody says.", examples=[True])
    premium_evidence: Evidence | None
    dateline: str | None = Field(examples=["October 24, Pozirk."])
    published_date: date | None = Field(description="The day in the zone of the site.")
    published_at: datetime | None = Field(description="null where only the day is known.")
    modified_at: datetime | None
    authors: list[str]
    description: str | None
    body: list[str] = Field(description="Paragraphs; of a premium page the teaser.")
    first_seen_at: datetime
    last_seen_at: datetime
    status: Literal["published", "removed"]
    duplicate_of: int | None


class Relative(BaseModel):
    """The same story in another language."""

    language: str
    url: str | None
    id: int | None = Field(description="null where it is not stored.")
    headline: str | None


class Revision(BaseModel):
    """One version of an article."""

    number: int
    seen_at: datetime
    run_id: int
    run_kind: str
    source: Literal["listing", "side_list", "article"]
    page_url: str | None
    headline: str | None
    sections: list[str]
    premium: bool | None
    premium_evidence: Evidence | None
    published_date: date | None
    published_at: datetime | None
    modified_at: datetime | None
    body: list[str]
    status: str


class Step(BaseModel):
    """One thing that happened to an article, or was found out about it."""

    at: datetime
    what: str = Field(examples=["became_free"])
    run_id: int | None
    run_kind: str | None
    source: str | None
    page_url: str | None
    evidence: Evidence | None
    old: Any
    new: Any
    baseline: bool


class ArticleWithHistory(Article):
    """An article with all that was seen of it."""

    translations: list[Relative]
    revisions: list[Revision] = Field(description="Oldest first.")
    timeline: list[Step] = Field(description="Oldest first.")


class FoundArticle(Article):
    """An article that a search has found."""

    matches: dict[str, list[tuple[int, int]]] = Field(
        description="Field → where it says what was looked for, as start and end counted in code points.",
        examples=[{"headline": [[0, 5]], "description": []}],
    )


class Event(BaseModel):
    """Something that happened to an article or, where `article_id` is null, to a site."""

    id: int = Field(examples=[7])
    kind: str = Field(examples=["new_premium"])
    at: datetime
    site: str = Field(examples=["pozirk"])
    article_id: int | None
    headline: str | None
    url: str | None
    premium: bool | None = Field(description="What the article was then.")
    old: Any
    new: Any
    evidence: Evidence | None
    run_id: int
    baseline: bool = Field(description="Seen because the site was looked at for the first time: no news.")
    language: str | None
    sections: list[str]
    seen_at: datetime | None = Field(description="When somebody marked it as seen; null where nobody has.")


class Run(BaseModel):
    """One crawl of one site, or one taking in of files, with its account."""

    model_config = ConfigDict(extra="allow")

    id: int
    site: str
    kind: str
    languages: list[str]
    started_at: datetime
    finished_at: datetime | None
    status: str
    reason: str | None
    log: str | None = Field(description="Where on this server its log can be read.")


class Percentiles(BaseModel):
    """Of delays in seconds; null where nothing occurred."""

    count: int
    p50: float | None
    p90: float | None
    p99: float | None


class Delays(BaseModel):
    """From publication to first sight to the first alert."""

    site: str
    published_to_seen: Percentiles
    seen_to_alerted: Percentiles
    published_to_alerted: Percentiles


class SiteStatus(BaseModel):
    """How a site is doing."""

    model_config = ConfigDict(extra="allow")

    site: str
    state: str = Field(examples=["ok"])
    reason: str | None
    last_run_at: datetime | None
    last_success_at: datetime | None
    next_run_at: datetime | None
    failures_in_a_row: int
    new_24h: int
    premium_24h: int
    delays: Delays | None = Field(description="Of the news of the last 7 days; null where there was none.")


class _Page(BaseModel):
    next: str | None = Field(
        description="The address of what follows, also in the Link header; null where nothing does.",
        examples=["/api/v1/events?kind=new_premium&cursor=ZXZlbnRzIDAgMTc2NDAw"],
    )


class Articles(_Page):
    """A page of articles."""

    items: list[Article]


class FoundArticles(_Page):
    """A page of what a search found."""

    items: list[FoundArticle]


class Events(_Page):
    """A page of events."""

    items: list[Event]


class Runs(_Page):
    """A page of runs."""

    items: list[Run]


class Sites(BaseModel):
    """All sites."""

    items: list[SiteStatus]


class SeenEvents(BaseModel):
    """Which events to mark, and how."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"ids": [7, 8], "seen": True}]})

    ids: list[Annotated[int, Field(ge=1, le=2**63 - 1)]] = Field(
        min_length=1, max_length=500, description="Numbers of events."
    )
    seen: bool = Field(default=True, description="false takes the mark away.")


class Changed(BaseModel):
    """Events whose mark has changed."""

    changed: list[int] = Field(examples=[[7, 8]])


class Problem(BaseModel):
    """Problem details (RFC 9457)."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Unprocessable Content"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["premium: 'maybe', expected true, false or unknown"])


def problem_response(description: str) -> dict[str, Any]:
    """How the description says that a problem is answered."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": description, "content": {"application/problem+json": {"schema": schema}}}


PROBLEMS: dict[int | str, dict[str, Any]] = {
    401: problem_response("The token is missing or wrong."),
    422: problem_response("A parameter or a search cannot be read; `detail` names it."),
    503: problem_response("The database cannot be read or written just now."),
}
