"""Which events somebody has marked as seen."""

import sqlalchemy as sa
from alembic import op

from newscrawler.storage.columns import RowId, UTCDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create their table, empty."""
    op.create_table(
        "event_marks",
        sa.Column("event_id", RowId, nullable=False),
        sa.Column("seen_at", UTCDateTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_marks_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_marks")),
    )
