"""Alerts: events on their way to a person, and how their channels are doing."""

import sqlalchemy as sa
from alembic import op

from newscrawler.storage.columns import RowId, UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the queue."""
    op.create_table(
        "alert_channels",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("paused_until", UTCDateTime, nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_alert_channels")),
    )
    op.create_table(
        "alerts",
        sa.Column("id", RowId, nullable=False),
        sa.Column("event_id", RowId, nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("queued_at", UTCDateTime, nullable=False),
        sa.Column("due_at", UTCDateTime, nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("composed_at", UTCDateTime, nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lease", sa.Text(), nullable=True),
        sa.Column("leased_until", UTCDateTime, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("delivered_at", UTCDateTime, nullable=True),
        sa.Column("linked_to", RowId, nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_alerts_event_id_events")),
        sa.ForeignKeyConstraint(["linked_to"], ["alerts.id"], name=op.f("fk_alerts_linked_to_alerts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("event_id", "rule", "channel", name=op.f("uq_alerts_event_id_rule_channel")),
    )
    op.create_index(
        op.f("ix_alerts_status_channel_rule"), "alerts", ["status", "channel", "rule"], unique=False
    )
    op.create_index(
        op.f("ix_alerts_channel_rule_composed_at"),
        "alerts",
        ["channel", "rule", "composed_at"],
        unique=False,
    )
    op.create_index(op.f("ix_alerts_message"), "alerts", ["message"], unique=False)
