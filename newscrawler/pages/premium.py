"""Whether something is for subscribers only, and why we believe it.

A mark says nothing by being on the page: it stands once for every premium entry of every list. Only a
mark at a headline speaks of that headline's story.
"""

from __future__ import annotations

from newscrawler.items import Evidence
from newscrawler.pages.document import Document
from newscrawler.pages.metadata import Metadata
from newscrawler.pages.story import Story
from newscrawler.pages.tokens import BADGE

NO_MARK = "no mark"


def of_entry(document: Document, story: Story) -> tuple[bool, Evidence]:
    """Premium of a listed story: a mark in its row, or none."""
    marks = story.marks
    if marks:
        signal = "mark" if marks[0].kind != BADGE else "badge"
        return True, Evidence(signal, marks[0].text, document.path(marks[0].element))
    return False, Evidence(NO_MARK, None, document.path(story.row))


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
    if has_body:
        return False, Evidence(NO_MARK)
    return None, Evidence("nothing said")
