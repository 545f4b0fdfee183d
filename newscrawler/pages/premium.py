"""Whether something is for subscribers only, and why we believe it.

A mark says nothing by being on the page: it stands once for every premium entry of every list. Only a
mark at a headline speaks of that headline's story.
"""

from __future__ import annotations

from typing import Final

from newscrawler.items import Evidence
from newscrawler.pages.anywhere import paywords
from newscrawler.pages.document import Document
from newscrawler.pages.metadata import Metadata
from newscrawler.pages.parts import Line
from newscrawler.pages.story import Story
from newscrawler.pages.tokens import BADGE

NO_MARK: Final = "no mark"
UNSAID: Final = "nothing said"
MAX_BADGE: Final = 60


def unmarked(document: Document, path: str | None = None) -> tuple[bool | None, Evidence]:
    """Of what bears no mark: it is free where we know the site's mark, else nothing is known."""
    if document.profile.worded:
        return False, Evidence(NO_MARK, None, path)
    return None, Evidence(UNSAID)


def of_entry(document: Document, story: Story) -> tuple[bool | None, Evidence]:
    """Premium of a listed story: a mark in its row; of a site without a mark of its own any badge."""
    marks = story.marks
    if marks:
        signal = "mark" if marks[0].kind != BADGE else "badge"
        return True, Evidence(signal, marks[0].text, document.path(marks[0].element))
    if not document.profile.worded and (line := _badge(document, story)) is not None:
        return True, Evidence("badge in the list", line.text, document.path(line.element))
    return unmarked(document, document.path(story.row))


def _badge(document: Document, story: Story) -> Line | None:
    """A line in a story's row that says, in any language, for whom the story is."""
    for line in document.lines:
        if line.start >= story.row.end:
            break
        near = line.start >= story.row.start and len(line.text) <= MAX_BADGE and line.link is None
        if near and (paywords.LABEL.fullmatch(line.text) or paywords.RESERVED.search(line.text)):
            return line
    return None


def is_stated(metadata: Metadata, story: Story | None) -> bool:
    """Whether a mark at the headline or the metadata say that the page's own article is premium."""
    marked = story is not None and any(token.kind != BADGE for token in story.marks)
    return marked or metadata.get("free") is False or metadata.get("tier") == "locked"


def of_article(
    document: Document,
    metadata: Metadata,
    story: Story | None,
    notice: tuple[str, str] | None,
    has_body: bool,
) -> tuple[bool | None, Evidence]:
    """Premium of the page's own article.

    `notice` is the paywall found in the article's own block: its words and its path.
    """
    if story is not None and (marks := [t for t in story.marks if t.kind != BADGE]):
        return True, Evidence("mark at the headline", marks[0].text, document.path(marks[0].element))
    free, tier = metadata.get("free"), metadata.get("tier")
    if free is False:
        return True, Evidence("isAccessibleForFree", "false", f"head > {metadata.values['free'][1]}")
    if tier == "locked":
        return True, Evidence("article:content_tier", "locked", "head > meta")
    if notice is not None:
        return True, Evidence("paywall in the article", notice[0], notice[1])
    if story is not None and story.marks and not has_body:
        return True, Evidence(
            "badge at the headline", story.marks[0].text, document.path(story.marks[0].element)
        )
    if free is True:
        return False, Evidence("isAccessibleForFree", "true", f"head > {metadata.values['free'][1]}")
    if tier == "free":
        return False, Evidence("article:content_tier", "free", "head > meta")
    return unmarked(document) if has_body else (None, Evidence(UNSAID))
