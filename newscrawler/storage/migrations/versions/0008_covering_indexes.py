"""Indexes that have all that a page of an answer is found by, so that no rows are read to find it."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_REPLACED = (
    ("articles", ["first_seen_at"], ["first_seen_at", "id", "dated_at"]),
    ("events", ["at"], ["at", "id"]),
    ("events", ["run_id"], ["run_id", "at", "id"]),
    ("events", ["kind", "at", "id"], ["kind", "at", "id", "article_id"]),
)
_NEW = ("events", ["article_id", "at", "id"])


def upgrade() -> None:
    """Put wider indexes in the place of some, and add one."""
    for table, columns, wider in _REPLACED:
        op.drop_index(_name(table, columns), table)
        op.create_index(_name(table, wider), table, wider)
    op.create_index(_name(*_NEW), *_NEW)


def downgrade() -> None:
    """Bring the narrow ones back."""
    op.drop_index(_name(*_NEW), _NEW[0])
    for table, columns, wider in _REPLACED:
        op.drop_index(_name(table, wider), table)
        op.create_index(_name(table, columns), table, columns)


def _name(table: str, columns: list[str]) -> str:
    return op.f(f"ix_{table}_{'_'.join(columns)}")
