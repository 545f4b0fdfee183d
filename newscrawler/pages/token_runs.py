"""What tokens mean beside one another: menus of sections, titles of boxes, days above their entries."""

from __future__ import annotations

from typing import Final

from newscrawler.pages.profile import Profile
from newscrawler.pages.tokens import BADGE, DAY, LABEL, NOISE, OTHER, STORY, Token

MENU: Final = 4
"""No story has so many sections."""


def settle(tokens: list[Token], profile: Profile) -> None:
    """Change the kind of tokens that are told by those around them."""
    _menus(tokens)
    _plus_boxes(tokens, profile)
    _day_headers(tokens)


def _menus(tokens: list[Token]) -> None:
    """Take the names of sections in a menu for what they are: no story has four sections.

    A menu names each section once; the article's own name after it is a repetition, or stands otherwise.
    """
    run: list[Token] = []
    for token in [*tokens, None]:
        labels = token.labels if token is not None else None
        if token is not None and (token.kind == NOISE or (token.kind == STORY and not token.text)):
            continue
        named = (
            token is not None and token.kind == LABEL and labels is not None
            and bool(labels.sections) and (labels.when is None or labels.clock)
        )  # fmt: skip
        if run and (not named or _sections(run) & set(labels.sections if labels else ())):
            _menu(run)
            run = []
        if named and token is not None:
            run.append(token)


def _menu(run: list[Token]) -> None:
    """Set aside the section names in the smallest element that holds four of them."""
    if len(_sections(run)) < MENU:
        return
    for element in run[0].element.ancestors():
        inside = [t for t in run if element.start <= t.start < element.end]
        if len(_sections(inside)) >= MENU:
            for token in inside:
                token.kind = NOISE
            return


def _plus_boxes(tokens: list[Token], profile: Profile) -> None:
    """Tell the title of a box that sells the subscription from a badge at a headline."""
    for n, token in enumerate(tokens):
        if token.kind == BADGE and token.line is not None and token.text == token.line.text:
            after = next((t for t in tokens[n + 1 : n + 4] if t.kind != NOISE), None)
            if (
                after is not None
                and after.kind == OTHER
                and len(after.text) > 30
                and (profile.plus.search(after.text) or profile.asks(after.text))
            ):
                token.kind = OTHER


def _day_headers(tokens: list[Token]) -> None:
    """Tell days printed above several entries from days printed in each."""
    days: list[Token] = []
    clocks = 0
    for token in tokens:
        labels = token.labels
        if labels is None or token.kind != LABEL or (when := labels.when) is None or labels.clock:
            continue
        has_day = bool(when.day or when.month_day)
        clocks += not has_day and when.clock is not None
        if (
            has_day
            and not when.clock
            and not labels.sections
            and not when.relative
            and (token.line is not None and token.text == token.line.text)
        ):
            days.append(token)
    for token in days:
        # In each entry there would be as many days as hours; a heading stands above entries anyway.
        if clocks >= 2 and (token.level or len(days) < clocks):
            token.kind = DAY


def _sections(tokens: list[Token]) -> set[str]:
    return {name for t in tokens if t.labels is not None for name in t.labels.sections}
