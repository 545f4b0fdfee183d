"""What `newscrawler watch` needs: runs as claims, each site's turns and conditions, events of sites."""

import sqlalchemy as sa
from alembic import op

from newscrawler.storage.columns import Json, UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them. Crawls that still count as running were killed: nothing else could be running here."""
    for column in (
        sa.Column("scheduled", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("beat", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("log", sa.Text(), nullable=True),
        sa.Column("coverage", Json, nullable=True),
    ):
        op.add_column("runs", column)
    op.execute(
        "UPDATE runs SET status = 'failed', finished_at = started_at, reason = 'its process was killed'"
        " WHERE status = 'running'"
    )
    under_way = sa.text("status = 'running' AND kind = 'crawl'")
    op.create_index(
        op.f("uq_runs_under_way"),
        "runs",
        ["site"],
        unique=True,
        sqlite_where=under_way,
        postgresql_where=under_way,
    )
    op.create_table(
        "sites",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("next_run_at", UTCDateTime, nullable=True),
        sa.Column("schedule", sa.Text(), nullable=True),
        sa.Column("conditions", Json, nullable=False),
        sa.Column("judged_since", UTCDateTime, nullable=True),
        sa.PrimaryKeyConstraint("site", name=op.f("pk_sites")),
    )
    with op.batch_alter_table("events") as table:
        table.alter_column("article_id", existing_type=sa.BigInteger(), nullable=True)
        table.alter_column("revision", existing_type=sa.Integer(), nullable=True)
