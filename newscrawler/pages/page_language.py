"""The language of a page: by its address, by what it states, by its letters."""

from __future__ import annotations

from newscrawler.pages.document import Document
from newscrawler.pages.metadata import Metadata
from newscrawler.pages.profile import Address


def language_of(
    found_address: Address | None, metadata: Metadata, document: Document, headline: str | None
) -> str | None:
    """The page's language: its address, then what it states, then its letters."""
    if found_address and found_address.language:
        return found_address.language
    for url in metadata.canonical:
        address = document.profile.identify(url)
        if address and address.language:
            return address.language
    if metadata.language and (
        not document.profile.languages or metadata.language in document.profile.languages
    ):
        return metadata.language
    sample = (
        (headline or "") + " " + " ".join(n.text for n in document.lines[:400] if len(n.text) > 25)[:6000]
    )
    return guess_language(sample, document.profile.languages)


def guess_language(text: str, languages: tuple[str, ...]) -> str | None:
    """Which of the languages a text is written in, by its letters."""
    lower = text.lower()
    cyrillic = sum(1 for c in lower if "а" <= c <= "я" or c in "ёўі")
    latin = sum(1 for c in lower if "a" <= c <= "z")
    if cyrillic + latin < 20:
        return None
    if latin > cyrillic:
        guess = "en"
    else:
        guess = (
            "be"
            if lower.count("ў") + lower.count("і") > lower.count("и") + lower.count("щ") + lower.count("ъ")
            else "ru"
        )
    return guess if not languages or guess in languages else None
