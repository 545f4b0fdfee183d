"""What readers want to know of events beside what the events say: of their articles now, and their marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from newscrawler.storage.database import Database
from newscrawler.storage.records import Event
from newscrawler.storage.schema import articles, event_marks, events


@dataclass(frozen=True, slots=True)
class EventContext:
    """What surrounds one event."""

    language: str | None
    """Of its article; None of an event that has none."""
    sections: list[str]
    seen_at: datetime | None
    """When somebody marked it as seen; None where nobody has."""


def find_contexts(database: Database, found: Sequence[Event]) -> dict[int, EventContext]:
    """The context of each event, by its number."""
    query = (
        sa.select(events.c.id, articles.c.language, articles.c.sections, event_marks.c.seen_at)
        .outerjoin(articles, articles.c.id == events.c.article_id)
        .outerjoin(event_marks, event_marks.c.event_id == events.c.id)
        .where(events.c.id.in_([event.id for event in found]))
    )
    with database.reading() as connection:
        return {
            row.id: EventContext(row.language, row.sections or [], row.seen_at)
            for row in connection.execute(query)
        }
