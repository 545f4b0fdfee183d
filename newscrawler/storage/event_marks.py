"""Events that somebody has marked as seen. One mark for all who read this database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from newscrawler.exceptions import UsageError
from newscrawler.storage.database import Database
from newscrawler.storage.schema import event_marks, events


def mark_events(database: Database, ids: Sequence[int], *, seen: bool, at: datetime) -> list[int]:
    """Mark events as seen, or take the mark away; the numbers of those for which that is a change.

    Raises UsageError naming the events that do not exist; then nothing is changed.
    """
    wanted = sorted(set(ids))
    with database.writing("event_marks") as connection:
        known = set(connection.scalars(sa.select(events.c.id).where(events.c.id.in_(wanted))))
        if unknown := [str(n) for n in wanted if n not in known]:
            raise UsageError(f"no event {', '.join(unknown)}")
        marked = set(
            connection.scalars(sa.select(event_marks.c.event_id).where(event_marks.c.event_id.in_(wanted)))
        )
        changed = [n for n in wanted if (n in marked) is not seen]
        if not changed:
            return []
        if seen:
            connection.execute(sa.insert(event_marks), [{"event_id": n, "seen_at": at} for n in changed])
        else:
            connection.execute(sa.delete(event_marks).where(event_marks.c.event_id.in_(changed)))
    return changed
