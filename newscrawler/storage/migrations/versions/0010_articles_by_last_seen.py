"""An index of articles by when they were last seen: a new entry is compared with what was seen lately."""

from alembic import op

revision = "0010"
down_revision = "0001"
branch_labels = None
depends_on = None

_INDEX = "ix_articles_site_language_last_seen_at"


def upgrade() -> None:
    """Create the index."""
    op.create_index(_INDEX, "articles", ["site", "language", "last_seen_at"])


def downgrade() -> None:
    """Drop the index."""
    op.drop_index(_INDEX, "articles")
