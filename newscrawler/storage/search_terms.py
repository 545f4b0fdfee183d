"""From a search to what the databases match: an FTS5 expression, a tsquery. Every word in it is quoted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from newscrawler.search import AllOf, AnyOf, Expression, Words


def fts5(expression: Expression) -> str:
    """For SQLite: https://www.sqlite.org/fts5.html#full_text_query_syntax"""
    match expression:
        case Words(folded, prefix):
            return f'"{" ".join(folded)}"{" *" if prefix else ""}'
        case AnyOf(of):
            return _joined(fts5, " OR ", of)
        case AllOf(wanted, unwanted):
            found = _joined(fts5, " AND ", wanted)
            return f"({found} NOT {_joined(fts5, ' OR ', unwanted)})" if unwanted else found


def tsquery(expression: Expression) -> str:
    """For PostgreSQL: https://www.postgresql.org/docs/current/datatype-textsearch.html#DATATYPE-TSQUERY"""
    match expression:
        case Words(folded, prefix):
            words = [f"'{word}'" for word in folded]
            return f"({' <-> '.join(words)}{':*' if prefix else ''})"
        case AnyOf(of):
            return _joined(tsquery, " | ", of)
        case AllOf(wanted, unwanted):
            found = _joined(tsquery, " & ", wanted)
            return f"({found} & !{_joined(tsquery, ' | ', unwanted)})" if unwanted else found


def _joined(write: Callable[[Expression], str], operator: str, parts: Sequence[Expression]) -> str:
    return f"({operator.join(map(write, parts))})"
