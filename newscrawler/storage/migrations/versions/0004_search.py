"""Search: the index of words, the time by which articles are ordered, and what filters need."""

import sqlalchemy as sa
from alembic import op

from newscrawler.storage import search_index
from newscrawler.storage.columns import UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_INDEXES = (
    ("articles", ["dated_at", "id"]),
    ("articles", ["site", "dated_at", "id"]),
    ("articles", ["language", "dated_at", "id"]),
    ("articles", ["premium", "dated_at", "id"]),
    ("articles", ["status", "dated_at", "id"]),
    ("events", ["kind", "at", "id"]),
    ("events", ["site", "at", "id"]),
    ("events", ["premium", "at", "id"]),
    ("events", ["baseline", "at", "id"]),
)


def upgrade() -> None:
    """Create the index and fill it from the articles, 500 at a time."""
    op.add_column("articles", sa.Column("dated_at", UTCDateTime(), nullable=True))
    search_index.create(op.get_bind())
    search_index.rebuild(op.get_bind())
    for table, columns in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)


def downgrade() -> None:
    """Remove what `upgrade` has added: all of it follows from the articles."""
    for table, columns in reversed(_INDEXES):
        op.drop_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table)
    search_index.drop(op.get_bind())
    op.drop_column("articles", "dated_at")
