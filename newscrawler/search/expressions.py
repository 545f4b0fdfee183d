"""Reads what a user wants to find: `"minsk metro" OR (demonstr* NOT rally)`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from newscrawler.exceptions import UsageError
from newscrawler.search.words import folded_words

LONGEST_SEARCH = 1000
DEEPEST = 20
SHORTEST_PREFIX = 2

_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_TOKEN = re.compile(
    r"""
    (?P<space> \s+ )
  | (?P<open> \( )
  | (?P<close> \) )
  | (?P<minus> -(?=[\w"(]) )
  | "(?P<phrase> [^"]* )(?P<end> "\*? | $ )
  | (?P<operator> (?:AND|OR|NOT)(?=[\s()"]|$) )
  | (?P<word> [^\s()"]+ )
    """,
    re.X,
)


@dataclass(frozen=True, slots=True)
class Words:
    """Words one behind the other; often only one."""

    folded: tuple[str, ...]
    prefix: bool = False
    """Whether the last one may go on: `demonstr*`."""


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of some, and none of others. There is something wanted: what only forbids describes no text."""

    wanted: tuple[Expression, ...]
    unwanted: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of some."""

    of: tuple[Expression, ...]


Expression = Words | AllOf | AnyOf


def read_search(text: str) -> Expression:
    """The search that a user wrote. Raises UsageError saying what is wrong with it, and where."""
    if len(text) > LONGEST_SEARCH:
        raise UsageError(f"the search has {len(text)} characters, expected at most {LONGEST_SEARCH}")
    reader = _Reader(text)
    found = reader.any_of(depth=0)
    if (token := reader.next) is not None:
        raise UsageError(f"search {text!r}: the ) at {token.at} closes nothing")
    if found is None:
        raise UsageError(f"search {text!r} names no word to look for")
    return found


class _Token(NamedTuple):
    kind: Literal["open", "close", "not", "and", "or", "words"]
    at: int
    """Counted from 1, for messages."""
    words: Words | None = None


class _Reader:
    """Reads by descent: OR parts what AND joins, and NOT binds first."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = self._cut(text)
        self._position = 0

    @property
    def next(self) -> _Token | None:
        return self._tokens[self._position] if self._position < len(self._tokens) else None

    def _take(self, kind: str) -> _Token | None:
        token = self.next
        if token is None or token.kind != kind:
            return None
        self._position += 1
        return token

    def any_of(self, depth: int) -> Expression | None:
        """What OR joins; None where there is nothing."""
        if depth > DEEPEST:
            raise self._wrong(f"has more than {DEEPEST} parentheses in one another")
        first = self._all_of(depth)
        found = [first]
        while token := self._take("or"):
            found.append(self._all_of(depth))
            if found[-2] is None or found[-1] is None:
                raise self._wrong(f"the OR at {token.at} needs something on both sides")
        given = tuple(each for each in found if each is not None)
        return AnyOf(given) if len(given) > 1 else first

    def _all_of(self, depth: int) -> Expression | None:
        wanted: list[Expression] = []
        unwanted: list[Expression] = []
        joined: _Token | None = None
        while True:
            start = self.next
            negative = self._negations()
            if (found := self._part(depth)) is None:
                if dangling := (negative and start) or joined:
                    what = "NOT" if negative else "AND"
                    raise self._wrong(f"the {what} at {dangling.at} needs something behind it")
                break
            (unwanted if negative else wanted).append(found)
            joined = self._take("and")
        if unwanted and not wanted:
            raise self._wrong("NOT takes away from something: name a word that is wanted, beside it")
        if len(wanted) == 1 and not unwanted:
            return wanted[0]
        return AllOf(tuple(wanted), tuple(unwanted)) if wanted else None

    def _negations(self) -> bool:
        negative = False
        while self._take("not"):
            negative = not negative
        return negative

    def _part(self, depth: int) -> Expression | None:
        if token := self._take("words"):
            return token.words
        opened = self._take("open")
        if opened is None:
            if self.next is not None and self.next.kind == "and":
                raise self._wrong(f"the AND at {self.next.at} needs something before it")
            return None
        found = self.any_of(depth + 1)
        if not self._take("close"):
            raise self._wrong(f"the ( at {opened.at} is not closed")
        if found is None:
            raise self._wrong(f"the parentheses at {opened.at} are empty")
        return found

    def _cut(self, text: str) -> list[_Token]:
        tokens: list[_Token] = []
        for match in _TOKEN.finditer(text.translate(_QUOTES)):
            at = match.start() + 1
            if match["open"] or match["close"]:
                tokens.append(_Token("open" if match["open"] else "close", at))
            elif match["minus"]:
                tokens.append(_Token("not", at))
            elif match["operator"]:
                kinds: dict[str, Literal["and", "or", "not"]] = {"AND": "and", "OR": "or", "NOT": "not"}
                tokens.append(_Token(kinds[match["operator"]], at))
            elif match["phrase"] is not None:
                if not match["end"]:
                    raise self._wrong(f"the quotation mark at {at} is not closed")
                tokens += self._words(match["phrase"] + match["end"][1:], at)
            elif match["word"]:
                tokens += self._words(match["word"], at)
        return tokens

    def _words(self, said: str, at: int) -> list[_Token]:
        """One token, or none for punctuation."""
        prefix = said.endswith("*")
        words = folded_words(said)
        if "*" in said.removesuffix("*") or (prefix and (not words or not said[-2].isalnum())):
            raise self._wrong(f"the * in {said!r} at {at} has to end a word: demonstr*")
        if prefix and len(words[-1]) < SHORTEST_PREFIX:
            raise self._wrong(
                f"{said!r} at {at} says too little: expected {SHORTEST_PREFIX} letters before *"
            )
        return [_Token("words", at, Words(tuple(words), prefix))] if words else []

    def _wrong(self, what: str) -> UsageError:
        return UsageError(f"search {self._text!r}: {what}")
