"""The way in which a story was found."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add `articles.found_by`; of stories stored before nobody knows it."""
    with op.batch_alter_table("articles") as table:
        table.add_column(sa.Column("found_by", sa.Text(), nullable=True))


def downgrade() -> None:
    """Forget it."""
    with op.batch_alter_table("articles") as table:
        table.drop_column("found_by")
