"""The search language: how texts are cut into words, how a search is read, what it matched. Pure."""

from newscrawler.search.expressions import AllOf, AnyOf, Expression, Words, read_search
from newscrawler.search.highlights import Excerpt, excerpt, highlights
from newscrawler.search.words import Word, folded_words, words_of

__all__ = [
    "AllOf",
    "AnyOf",
    "Excerpt",
    "Expression",
    "Word",
    "Words",
    "excerpt",
    "folded_words",
    "highlights",
    "read_search",
    "words_of",
]
