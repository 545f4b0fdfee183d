"""The WordPress REST interface of the invented site, as WordPress 6 answers."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from newscrawler.newsroom.newsroom import Newsroom, NoSuchStoryError
from newscrawler.newsroom.rendering import CANONICAL_BASE
from newscrawler.newsroom.responses import Response
from newscrawler.newsroom.stories import Story
from newscrawler.newsroom.wording import SECTIONS, SITE_ZONE, premium_mark

_JSON = ("Content-Type", "application/json; charset=UTF-8")
_SECTION_IDS = {section: number for number, section in enumerate(SECTIONS, 11)}


class RestApi:
    """Answers `/{language}/wp-json/wp/v2/…`: `news`, `longreads` and single stories of both."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom

    def answer(self, language: str, rest: str, query: str, own_base: str) -> Response:
        """The answer to a GET of `rest`, the path below `wp/v2/`."""
        kind, _, story_id = rest.rstrip("/").partition("/")
        if language not in self._newsroom.languages or kind not in ("news", "longreads"):
            return _error(404, "rest_no_route", "No route was found matching the URL and request method.")
        if story_id:
            return self._single(language, kind, story_id)
        return self._collection(language, kind, dict(parse_qsl(query)), own_base)

    def _single(self, language: str, kind: str, story_id: str) -> Response:
        try:
            story = self._newsroom.story(int(story_id))
        except (NoSuchStoryError, ValueError):
            return _invalid_id()
        if story.removed or story.language != language or story.kind != kind:
            return _invalid_id()
        return _answer(_as_json(story))

    def _collection(self, language: str, kind: str, wanted: Mapping[str, str], own_base: str) -> Response:
        try:
            per_page, page = int(wanted.get("per_page", 10)), int(wanted.get("page", 1))
        except ValueError:
            return _error(400, "rest_invalid_param", "Invalid parameter(s): page, per_page")
        if not 1 <= per_page <= 100 or page < 1:
            return _error(400, "rest_invalid_param", "Invalid parameter(s): per_page")
        try:
            found = self._found(language, kind, wanted)
        except ValueError as exc:
            return _error(400, "rest_invalid_param", f"Invalid parameter(s): {exc}")
        pages = -(-len(found) // per_page)
        if page > max(pages, 1):
            return _error(
                400,
                "rest_post_invalid_page_number",
                "The page number requested is larger than the number of pages available.",
            )
        headers = [("X-WP-Total", str(len(found))), ("X-WP-TotalPages", str(pages))]
        links = []
        for relation, number in (("prev", page - 1), ("next", page + 1)):
            if 1 <= number <= pages:
                address = f"{own_base}/{language}/wp-json/wp/v2/{kind}"
                links.append(
                    f'<{address}?{urlencode({**wanted, "page": number}, safe=":")}>; rel="{relation}"'
                )
        if links:
            headers.append(("Link", ", ".join(links)))
        shown = found[(page - 1) * per_page : page * per_page]
        return _answer([_as_json(story) for story in shown], *headers)

    def _found(self, language: str, kind: str, wanted: Mapping[str, str]) -> list[Story]:
        """The stories that pass the filters, in the order asked for. Raises ValueError naming a parameter."""
        with self._newsroom.lock:
            spoken = next(known for known in self._newsroom.languages if known == language)
            found = self._newsroom.stories(spoken, "news" if kind == "news" else "longreads")
        for name, value in wanted.items():
            if name == "after":
                found = [story for story in found if story.published_at > _moment(name, value)]
            elif name == "before":
                found = [story for story in found if story.published_at < _moment(name, value)]
            elif name == "modified_after":
                found = [story for story in found if story.modified_at > _moment(name, value)]
            elif name == "modified_before":
                found = [story for story in found if story.modified_at < _moment(name, value)]
            elif name == "include":
                chosen = {int(part) for part in value.split(",")}
                found = [story for story in found if story.id in chosen]
        orders = {
            "date": lambda story: story.order,
            "id": lambda story: story.id,
            "modified": lambda story: (story.modified_at, story.id),
        }
        order_by = wanted.get("orderby", "date")
        if order_by not in orders:
            raise ValueError("orderby")
        return sorted(found, key=orders[order_by], reverse=wanted.get("order", "desc") != "asc")


def _moment(name: str, value: str) -> datetime:
    """A time of a filter; without a zone it is the site's, as in WordPress."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(name) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=SITE_ZONE)


def _as_json(story: Story) -> dict[str, Any]:
    url = CANONICAL_BASE + story.path
    site = f"{CANONICAL_BASE}/{story.language}/wp-json/wp/v2"
    content = _content(story)
    return {
        "id": story.id,
        "date": _plain(story.published_at.astimezone(SITE_ZONE)),
        "date_gmt": _plain(story.published_at.astimezone(UTC)),
        "guid": {"rendered": f"{CANONICAL_BASE}/{story.language}/?post_type={story.kind}&#038;p={story.id}"},
        "modified": _plain(story.modified_at.astimezone(SITE_ZONE)),
        "modified_gmt": _plain(story.modified_at.astimezone(UTC)),
        "slug": str(story.id),
        "status": "publish",
        "type": story.kind,
        "link": url,
        "title": {"rendered": _texturized(story.headline)},
        "content": {"rendered": content, "protected": False},
        "excerpt": {"rendered": content.split("\n", 1)[0] + "\n", "protected": False},
        "author": 4,
        "featured_media": story.id - 1 if story.photo_credit else 0,
        "template": "",
        "meta": {"_acf_changed": False},
        "categories": [_SECTION_IDS[section] for section in story.sections],
        "tags": [],
        "class_list": [
            f"post-{story.id}",
            story.kind,
            f"type-{story.kind}",
            "status-publish",
            *(f"category-{SECTIONS[section][story.language][1]}" for section in story.sections),
        ],
        "_links": {
            "self": [{"href": f"{site}/{story.kind}/{story.id}"}],
            "collection": [{"href": f"{site}/{story.kind}"}],
            "about": [{"href": f"{site}/types/{story.kind}"}],
        },
    }


def _content(story: Story) -> str:
    """The body as WordPress renders it; of a premium story the teaser and the mark."""
    lines = []
    if story.lead:
        lines.append(f"<p><strong>{_texturized(story.lead)}</strong></p>")
    for index, paragraph in enumerate(story.shown_paragraphs):
        if isinstance(paragraph, tuple):
            items = "".join(f"<li>{_texturized(item)}</li>\n" for item in paragraph)
            lines.append(f'<ul class="wp-block-list">\n{items}</ul>')
        else:
            opening = f"{story.dateline} " if index == 0 and story.dateline else ""
            lines.append(f"<p>{opening}{_texturized(paragraph)}</p>")
    if story.premium:
        lines.append(f"<p><em>{premium_mark(story.language)}</em></p>")
    return "\n".join(lines) + "\n"


def _texturized(text: str) -> str:
    """HTML with typographic signs as numbers, as WordPress writes them."""
    escaped = html.escape(text, quote=False)
    for sign in "’“”–…":
        escaped = escaped.replace(sign, f"&#{ord(sign)};")
    return escaped


def _plain(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="seconds")


def _answer(content: object, *headers: tuple[str, str]) -> Response:
    # WordPress escapes everything beyond ASCII.
    body = json.dumps(content, separators=(",", ":")).replace("/", "\\/").encode()
    return Response(200, body, (_JSON, *headers), bare=True)


def _error(status: int, code: str, message: str) -> Response:
    body = json.dumps({"code": code, "message": message, "data": {"status": status}}).encode()
    return Response(status, body, (_JSON,), bare=True)


def _invalid_id() -> Response:
    return _error(404, "rest_post_invalid_id", "Invalid post ID.")
