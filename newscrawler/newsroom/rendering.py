"""Turns the newsroom's state into pages, in the layout of the moment.

A template receives plain views: every text, address and date already as that layout prints it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Literal

from jinja2 import Environment, PackageLoader, StrictUndefined

from newscrawler.newsroom.fillers import script_filler, style_filler
from newscrawler.newsroom.newsroom import Newsroom
from newscrawler.newsroom.stories import Story, StoryKind
from newscrawler.newsroom.wording import (
    LANGUAGE_NAMES,
    LOCALES,
    PREMIUM_MARKS,
    SECTIONS,
    SITE_ZONE,
    WORDS,
    Language,
    day_and_month,
    how_long_ago,
    premium_mark,
    section_name,
    section_path,
)

CANONICAL_BASE = "https://pozirk.online"

LinkStyle = Literal["canonical", "relative"]


@dataclass(frozen=True, slots=True)
class Layout:
    """What differs between layouts beside their templates."""

    name: str
    links: LinkStyle
    """Whether links name the canonical host or only a path."""
    prints_age: bool = False
    """Its listings say `3 hours ago`, so they change with the clock."""


LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for layout in (
        Layout("classic", links="canonical"),
        Layout("tables", links="relative"),
        Layout("utility", links="relative", prints_age=True),
        Layout("blocks", links="canonical"),
        Layout("definitions", links="relative"),
    )
}


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section's name and the address of its page."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry of a list, as the page prints it."""

    id: int
    headline: str
    sections: tuple[SectionView, ...]
    premium: bool
    href: str | None
    """None for an entry that is no link."""
    iso: str
    """`2025-10-24T14:46:00+03:00`"""
    stamp: str
    """`24.10.2025 - 14:46`"""
    clock: str
    """`14:46`"""
    day: str
    """`October 24`"""
    full_day: str
    """`October 24, 2025`"""
    new_day: bool
    """Whether it is the first of its day in the list."""
    age: str
    """`3 hours ago`"""
    image: str | None
    excerpt: str


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph, or a list of items where `items` are given."""

    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleView:
    """A story, as its own page prints it."""

    entry: EntryView
    url: str
    """The canonical address, whatever the links look like."""
    shortlink: str
    rest_url: str
    kind: StoryKind
    lead: str | None
    paragraphs: tuple[ParagraphView, ...]
    """The dateline opens the first; of a premium story only the teaser."""
    description: str
    published_utc: str
    modified_utc: str
    photo_credit: str | None
    caption: str | None
    tags: tuple[str, ...]
    related: EntryView | None
    related_excerpt: str
    translations: dict[Language, str]
    """Language → canonical address."""
    json_ld: str


class Renderer:
    """Renders a newsroom's pages as text. Its caller holds `newsroom.lock`."""

    def __init__(
        self,
        newsroom: Newsroom,
        *,
        links: LinkStyle | None = None,
        charset: str = "utf-8",
        live_clock: bool = False,
    ) -> None:
        self.newsroom = newsroom
        self.charset = charset
        self.live_clock = live_clock
        """Whether pages show the present minute, so that each minute they are other bytes; else the time
        when something on them last changed, as behind a page cache."""
        self._links = links

    @property
    def layout(self) -> Layout:
        """The layout of the moment. Raises ValueError where it is not a known one."""
        try:
            return LAYOUTS[self.newsroom.layout]
        except KeyError:
            known = ", ".join(LAYOUTS)
            raise ValueError(f"the newsroom has no layout {self.newsroom.layout!r}: one of {known}") from None

    def listing(
        self,
        language: Language,
        kind: StoryKind,
        number: int,
        stories: Sequence[Story],
        *,
        last: int,
        template: str = "listing.html",
    ) -> str:
        """A listing page with these stories; `last` is the number of the last page."""
        path = f"/{language}/{kind}/"

        def page_href(wanted: int) -> str | None:
            if not 1 <= wanted <= last:
                return None
            return self._href(path if wanted == 1 else f"{path}page/{wanted}/")

        return self._render(
            template,
            language,
            kind=kind,
            title=WORDS[language][kind],
            canonical=CANONICAL_BASE + (path if number == 1 else f"{path}page/{number}/"),
            entries=self._entries(stories),
            number=number,
            last=last,
            next_href=page_href(number + 1),
            previous_href=page_href(number - 1),
            page_hrefs={
                wanted: page_href(wanted)
                for wanted in sorted({1, *range(max(number - 2, 1), min(number + 2, last) + 1), last})
            },
            alternates={other: self._href(f"/{other}/{kind}/") for other in self.newsroom.languages},
        )

    def front(self, language: Language) -> str:
        """The front page of a language: the newest news and longreads."""
        news = self.newsroom.page(language, "news", 1)
        return self.listing(language, "news", 1, news, last=1).replace(
            f'"{CANONICAL_BASE}/{language}/news/"', f'"{CANONICAL_BASE}/{language}/"', 1
        )

    def article(self, story: Story) -> str:
        """The page of a story."""
        view = self._article(story)
        return self._render(
            "article.html",
            story.language,
            article=view,
            kind=story.kind,
            title=story.headline,
            canonical=view.url,
            news=self._entries(self.newsroom.page(story.language, "news", 1, self.newsroom.news_list_length)),
            alternates={
                other: self._href(translation.path)
                for other, translation in self.newsroom.translations(story).items()
            },
        )

    def message(self, template: str, language: Language) -> str:
        """A page that is not one of the site's own, the same in all layouts: `challenge.html`."""
        return (
            _environment()
            .get_template(f"messages/{template}")
            .render(language=language, words=WORDS[language], charset=self.charset)
        )

    def not_found(self, language: Language) -> str:
        """What a missing page shows: the site's frame without a story."""
        return self._render(
            "not_found.html",
            language,
            kind="news",
            title=WORDS[language]["not_found"],
            canonical=None,
            alternates={},
        )

    # Inside

    def _render(self, template: str, language: Language, **context: Any) -> str:
        made_at = self.newsroom.now if self.live_clock else self.newsroom.changed_at(language)
        local = made_at.astimezone(SITE_ZONE)
        name = template if "/" in template else f"{self.layout.name}/{template}"
        return (
            _environment()
            .get_template(name)
            .render(
                language=language,
                locale=LOCALES[language],
                charset=self.charset,
                words=WORDS[language],
                mark=premium_mark(language),
                mark_parts=PREMIUM_MARKS[language],
                languages={
                    other: (LANGUAGE_NAMES[other], self._href(f"/{other}/"))
                    for other in self.newsroom.languages
                },
                sections=[
                    SectionView(section_name(section, language), self._href(section_path(section, language)))
                    for section in SECTIONS
                ],
                home=self._href(f"/{language}/"),
                news_home=self._href(f"/{language}/news/"),
                longreads_home=self._href(f"/{language}/longreads/"),
                plus_home=self._href(f"/{language}/plus/"),
                login=self._href(f"/{language}/login/"),
                longreads=self._entries(self.newsroom.page(language, "longreads", 1, 3)),
                clock=f"{local:%H:%M}",
                year=local.year,
                **context,
            )
        )

    def _href(self, path: str) -> str:
        style = self._links or self.layout.links
        return CANONICAL_BASE + path if style == "canonical" else path

    def _entries(self, stories: Sequence[Story]) -> list[EntryView]:
        views = []
        previous: date | None = None
        for story in stories:
            views.append(self._entry(story, new_day=story.day != previous))
            previous = story.day
        return views

    def _entry(self, story: Story, *, new_day: bool = True) -> EntryView:
        local = story.published_at.astimezone(SITE_ZONE)
        return EntryView(
            id=story.id,
            headline=story.headline,
            sections=tuple(
                SectionView(
                    section_name(section, story.language),
                    self._href(section_path(section, story.language)),
                )
                for section in story.sections
            ),
            premium=story.premium,
            href=self._href(story.path) if story.has_link else None,
            iso=local.isoformat(timespec="seconds"),
            stamp=f"{local:%d.%m.%Y - %H:%M}",
            clock=f"{local:%H:%M}",
            day=day_and_month(local.date(), story.language),
            full_day=_full_day(local.date(), story.language),
            new_day=new_day,
            age=how_long_ago(story.published_at, self.newsroom.now, story.language),
            image=_image(story) if story.photo_credit else None,
            excerpt=_excerpt(story, 18),
        )

    def _article(self, story: Story) -> ArticleView:
        related = None
        if story.related_id is not None:
            other = self.newsroom.story(story.related_id)
            related = None if other.removed or not other.has_link else other
        url = CANONICAL_BASE + story.path
        return ArticleView(
            entry=self._entry(story),
            url=url,
            shortlink=f"{CANONICAL_BASE}/{story.language}/?p={story.id}",
            rest_url=f"{CANONICAL_BASE}/{story.language}/wp-json/wp/v2/{story.kind}/{story.id}",
            kind=story.kind,
            lead=story.lead,
            paragraphs=_paragraphs(story),
            description=_excerpt(story, 22),
            published_utc=_utc(story.published_at),
            modified_utc=_utc(story.modified_at),
            photo_credit=story.photo_credit,
            caption=story.caption,
            tags=story.tags,
            related=self._entry(related) if related else None,
            related_excerpt=f"{related.dateline} {_excerpt(related, 24)}" if related else "",
            translations={
                language: CANONICAL_BASE + translation.path
                for language, translation in self.newsroom.translations(story).items()
            },
            json_ld=_json_ld(story, url),
        )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("newscrawler.newsroom"),
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals.update(style_filler=style_filler, script_filler=script_filler)
    return environment


def _image(story: Story) -> str:
    return f"{CANONICAL_BASE}/wp-content/uploads/{story.day:%Y/%m}/{story.id:x}.jpg"


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _paragraphs(story: Story) -> tuple[ParagraphView, ...]:
    """The paragraphs with the dateline before the first; of a premium story only that one."""
    views = []
    for index, paragraph in enumerate(story.shown_paragraphs):
        if isinstance(paragraph, tuple):
            views.append(ParagraphView("", paragraph))
        elif index == 0 and story.dateline:
            views.append(ParagraphView(f"{story.dateline} {paragraph}"))
        else:
            views.append(ParagraphView(paragraph))
    return tuple(views)


def _full_day(day: date, language: Language) -> str:
    printed = day_and_month(day, language)
    return f"{printed}, {day.year}" if language == "en" else f"{printed} {day.year}"


def _excerpt(story: Story, words: int) -> str:
    """The first words of a story, cut off with `…`."""
    opening = story.lead or next(text for text in story.paragraphs if isinstance(text, str))
    chosen = opening.split()[:words]
    return " ".join(chosen).rstrip(".,:;") + "…"


def _json_ld(story: Story, url: str) -> str:
    """A graph as WordPress plugins write it. Made safe to stand inside a script element."""
    published, modified = _utc(story.published_at), _utc(story.modified_at)
    base = f"{CANONICAL_BASE}/{story.language}/"
    organization = {"@id": f"{base}#organization"}
    article: dict[str, Any] = {
        "@type": "NewsArticle" if story.kind == "news" else "Article",
        "@id": f"{url}#article",
        "isPartOf": {"@id": url},
        "author": {"@type": "Organization", "name": WORDS[story.language]["site"]},
        "headline": story.headline,
        "datePublished": published,
        "dateModified": modified,
        "mainEntityOfPage": {"@id": url},
        "publisher": organization,
        "articleSection": [section_name(section, story.language) for section in story.sections],
        "keywords": list(story.tags),
        "inLanguage": LOCALES[story.language],
    }
    if story.photo_credit:
        article["image"] = _image(story)
    page = {
        "@type": "WebPage",
        "@id": url,
        "url": url,
        "name": f"{story.headline} - {WORDS[story.language]['site']}",
        "isPartOf": {"@id": f"{base}#website"},
        "datePublished": published,
        "dateModified": modified,
        "inLanguage": LOCALES[story.language],
    }
    website = {"@type": "WebSite", "@id": f"{base}#website", "url": base, "publisher": organization}
    publisher = {"@type": "Organization", **organization, "name": WORDS[story.language]["site"], "url": base}
    graph = {"@context": "https://schema.org", "@graph": [article, page, website, publisher]}
    return json.dumps(graph, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
