"""The address of a view, and those of the same view with something more or less in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Address:
    """A path and its parameters. What is empty is left out."""

    path: str
    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, request: Request) -> Address:
        """The one that was asked for."""
        return cls(request.url.path, tuple((n, v) for n, v in request.query_params.multi_items() if v))

    def __str__(self) -> str:
        return self.path + (f"?{urlencode(self.pairs)}" if self.pairs else "")

    def values(self, name: str) -> list[str]:
        """What it says for a parameter."""
        return [value for each, value in self.pairs if each == name]

    def value(self, name: str) -> str:
        """The same for one that is said once; empty where it is not."""
        return next(iter(self.values(name)), "")

    def setting(self, **values: str | Iterable[str]) -> Address:
        """With other values of some parameters, from the first page on."""
        pairs = [(n, v) for n, v in self.pairs if n not in values and n != "cursor"]
        for name, said in values.items():
            pairs += [(name, v) for v in ([said] if isinstance(said, str) else said) if v]
        return replace(self, pairs=tuple(pairs))

    def going_on(self, cursor: str) -> Address:
        """The page behind."""
        kept = self.setting()
        return replace(kept, pairs=(*kept.pairs, ("cursor", cursor)))

    def without(self, name: str, value: str) -> Address:
        """Without one value."""
        return replace(
            self, pairs=tuple(pair for pair in self.pairs if pair != (name, value) and pair[0] != "cursor")
        )

    def at(self, path: str) -> Address:
        """The same parameters at another path, without the place in the answer."""
        return replace(self.setting(), path=path)
