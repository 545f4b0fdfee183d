"""Articles by when they were last seen, for what a new entry is compared with; what a lost page answered."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index and the column."""
    op.create_index(
        op.f("ix_articles_site_language_last_seen_at"), "articles", ["site", "language", "last_seen_at"]
    )
    op.add_column("articles", sa.Column("gone_status", sa.Integer(), nullable=True))
