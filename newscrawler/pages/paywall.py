"""A paywall in an article's own block: words about subscribers, or a login form after a teaser."""

from __future__ import annotations

from newscrawler.pages import elements as el
from newscrawler.pages import words
from newscrawler.pages.document import Document
from newscrawler.pages.parts import Element, Line
from newscrawler.pages.running_text import OUT_OF_TEXT


def find_paywall(
    document: Document,
    own_lines: list[Line],
    limit: int,
    paragraphs: list[str],
    last: int | None,
    container: Element | None,
) -> tuple[str, str] | None:
    """Its words and its path.

    `own_lines` are the article's, without those of other stories; `last` is the last line of its text,
    `limit` the line where the page's lists begin.
    """
    profile = document.profile
    for line in own_lines if len(paragraphs) <= 6 else ():
        if last is not None and line.index <= last:
            continue
        text = line.text
        header = line.flags & el.HEADER and not line.level
        if line.flags & (OUT_OF_TEXT | el.ASIDE) or header or len(text) > 200 or line.link:
            continue
        if (
            (profile.plus.search(text) or words.names_subscription(text))
            and words.PAYWALL.search(text)
            and not profile.marker.search(text)
            and _near(line.start, container)
        ):
            return text, document.path(line.element) or ""
    if len(paragraphs) > 4 or sum(map(len, paragraphs)) > 1500:
        return None
    lines = document.lines
    first = lines[last].end if last is not None else 0
    stop = lines[limit].start if limit < len(lines) else len(document.pieces) + 1
    for form in document.forms:
        if form.flags & (OUT_OF_TEXT | el.ASIDE) or not first <= form.start < stop:
            continue
        around = form.parent or form
        text = " ".join(n.text for n in lines if around.start <= n.start < around.end and len(n.text) < 400)
        if len(text) < 1500 and (words.names_subscription(text) or profile.plus.search(text)):
            return "login form after the teaser", document.path(form) or ""
    return None


def _near(start: int, container: Element | None) -> bool:
    """Whether a piece stands in the block around the article's text."""
    if container is None:
        return True
    around = container.parent or container
    return around.start <= start < around.end
