"""The first schema: runs, articles, their revisions and events, and the pages visited."""

import sqlalchemy as sa
from alembic import op

from newscrawler.storage.columns import Json, RowId, UTCDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create all tables."""
    op.create_table(
        "pages",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("visited_at", UTCDateTime, nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("site", "url", name=op.f("pk_pages")),
    )
    op.create_table(
        "runs",
        sa.Column("id", RowId, nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("languages", Json, nullable=False),
        sa.Column("started_at", UTCDateTime, nullable=False),
        sa.Column("finished_at", UTCDateTime, nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("swept", Json, nullable=True),
        sa.Column("counts", Json, nullable=True),
        sa.Column("wait_until", UTCDateTime, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_index(op.f("ix_runs_site_started_at"), "runs", ["site", "started_at"], unique=False)
    op.create_table(
        "articles",
        sa.Column("id", RowId, nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=True),
        sa.Column("listing_fingerprint", sa.Text(), nullable=True),
        sa.Column("unlinked_key", sa.Text(), nullable=True),
        sa.Column("headline", sa.Text(), nullable=True),
        sa.Column("sections", Json, nullable=False),
        sa.Column("premium", sa.Boolean(), nullable=True),
        sa.Column("premium_evidence", Json, nullable=True),
        sa.Column("dateline", sa.Text(), nullable=True),
        sa.Column("published_date", sa.Date(), nullable=True),
        sa.Column("published_at", UTCDateTime, nullable=True),
        sa.Column("modified_at", UTCDateTime, nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("lead", sa.Text(), nullable=True),
        sa.Column("body", Json, nullable=False),
        sa.Column("authors", Json, nullable=False),
        sa.Column("keywords", Json, nullable=False),
        sa.Column("image", sa.Text(), nullable=True),
        sa.Column("translations", Json, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("duplicate_of", RowId, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", UTCDateTime, nullable=False),
        sa.Column("last_seen_at", UTCDateTime, nullable=False),
        sa.Column("first_run_id", RowId, nullable=False),
        sa.Column("listed_at", UTCDateTime, nullable=True),
        sa.Column("listing_headline", sa.Text(), nullable=True),
        sa.Column("listing_premium", sa.Boolean(), nullable=True),
        sa.Column("listing_evidence", Json, nullable=True),
        sa.Column("fetched_at", UTCDateTime, nullable=True),
        sa.Column("page_premium", sa.Boolean(), nullable=True),
        sa.Column("page_evidence", Json, nullable=True),
        sa.Column("page_opened_at", UTCDateTime, nullable=True),
        sa.Column("next_look_at", UTCDateTime, nullable=True),
        sa.Column("look_failures", sa.Integer(), nullable=False),
        sa.Column("gone_since", UTCDateTime, nullable=True),
        sa.ForeignKeyConstraint(
            ["duplicate_of"], ["articles.id"], name=op.f("fk_articles_duplicate_of_articles")
        ),
        sa.ForeignKeyConstraint(["first_run_id"], ["runs.id"], name=op.f("fk_articles_first_run_id_runs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("site", "external_id", name=op.f("uq_articles_site_external_id")),
        sa.UniqueConstraint("site", "unlinked_key", name=op.f("uq_articles_site_unlinked_key")),
        sa.UniqueConstraint("site", "url", name=op.f("uq_articles_site_url")),
    )
    op.create_index(op.f("ix_articles_first_seen_at"), "articles", ["first_seen_at"], unique=False)
    op.create_index(
        op.f("ix_articles_site_language_fingerprint"),
        "articles",
        ["site", "language", "fingerprint"],
        unique=False,
    )
    op.create_index(
        op.f("ix_articles_site_language_listing_fingerprint"),
        "articles",
        ["site", "language", "listing_fingerprint"],
        unique=False,
    )
    op.create_index(op.f("ix_articles_site_next_look_at"), "articles", ["site", "next_look_at"], unique=False)
    op.create_table(
        "events",
        sa.Column("id", RowId, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime, nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("article_id", RowId, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("run_id", RowId, nullable=False),
        sa.Column("headline", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("premium", sa.Boolean(), nullable=True),
        sa.Column("old", Json, nullable=True),
        sa.Column("new", Json, nullable=True),
        sa.Column("evidence", Json, nullable=True),
        sa.Column("baseline", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_events_article_id_articles")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_events_run_id_runs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint(
            "article_id", "kind", "revision", name=op.f("uq_events_article_id_kind_revision")
        ),
    )
    op.create_index(op.f("ix_events_at"), "events", ["at"], unique=False)
    op.create_index(op.f("ix_events_run_id"), "events", ["run_id"], unique=False)
    op.create_table(
        "revisions",
        sa.Column("id", RowId, nullable=False),
        sa.Column("article_id", RowId, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("run_id", RowId, nullable=False),
        sa.Column("seen_at", UTCDateTime, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("page_url", sa.Text(), nullable=True),
        sa.Column("headline", sa.Text(), nullable=True),
        sa.Column("sections", Json, nullable=False),
        sa.Column("premium", sa.Boolean(), nullable=True),
        sa.Column("premium_evidence", Json, nullable=True),
        sa.Column("published_date", sa.Date(), nullable=True),
        sa.Column("published_at", UTCDateTime, nullable=True),
        sa.Column("modified_at", UTCDateTime, nullable=True),
        sa.Column("body", Json, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_revisions_article_id_articles")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_revisions_run_id_runs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
        sa.UniqueConstraint("article_id", "number", name=op.f("uq_revisions_article_id_number")),
    )
    # ### end Alembic commands ###
