"""The tables. Changes of them are Alembic revisions in `migrations/versions/`."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from newscrawler.storage.columns import Json, RowId, UTCDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

runs = Table(
    "runs",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("site", Text, nullable=False),
    Column("kind", Text, nullable=False),  # crawl, ingest
    Column("languages", Json, nullable=False),
    Column("started_at", UTCDateTime, nullable=False),
    Column("finished_at", UTCDateTime),
    Column("status", Text, nullable=False),  # running, ok, failed
    Column("reason", Text),
    Column("swept", Json),  # what was followed down to what was known: languages, and ways (`en ADDRESS`)
    Column("counts", Json),
    Column("wait_until", UTCDateTime),  # a long Retry-After of the site
    Index(None, "site", "started_at"),
)

articles = Table(
    "articles",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("site", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("external_id", Text),
    Column("url", Text),
    Column("fingerprint", Text),
    Column("listing_fingerprint", Text),
    # Set only while a story has no address: what makes two writers agree that they see one story.
    Column("unlinked_key", Text),
    Column("headline", Text),
    Column("sections", Json, nullable=False),
    Column("premium", Boolean),
    Column("premium_evidence", Json),
    Column("dateline", Text),
    Column("published_date", Date),
    Column("published_at", UTCDateTime),
    Column("modified_at", UTCDateTime),
    Column("description", Text),
    Column("lead", Text),
    Column("body", Json, nullable=False),  # paragraphs
    Column("authors", Json, nullable=False),
    Column("keywords", Json, nullable=False),
    Column("image", Text),
    Column("translations", Json, nullable=False),
    Column("found_by", Text),  # listing, feed, sitemap, news_sitemap, rest, side_list, page
    Column("status", Text, nullable=False),  # published, removed
    Column("duplicate_of", RowId, ForeignKey("articles.id")),
    Column("revision", Integer, nullable=False),
    Column("first_seen_at", UTCDateTime, nullable=False),
    Column("last_seen_at", UTCDateTime, nullable=False),
    Column("first_run_id", RowId, ForeignKey("runs.id"), nullable=False),
    Column("listed_at", UTCDateTime),
    Column("listing_headline", Text),
    Column("listing_premium", Boolean),
    Column("listing_evidence", Json),
    Column("fetched_at", UTCDateTime),
    Column("page_premium", Boolean),
    Column("page_evidence", Json),
    Column("page_opened_at", UTCDateTime),
    Column("next_look_at", UTCDateTime),
    Column("look_failures", Integer, nullable=False),
    Column("gone_since", UTCDateTime),
    UniqueConstraint("site", "external_id"),
    UniqueConstraint("site", "url"),
    UniqueConstraint("site", "unlinked_key"),
    Index(None, "site", "language", "fingerprint"),
    Index(None, "site", "language", "listing_fingerprint"),
    Index(None, "first_seen_at"),
    Index(None, "site", "next_look_at"),
)

pages = Table(
    "pages",
    metadata,
    Column("site", Text, primary_key=True),
    Column("url", Text, primary_key=True),
    Column("visited_at", UTCDateTime, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", Text),
)

revisions = Table(
    "revisions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("article_id", RowId, ForeignKey("articles.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("run_id", RowId, ForeignKey("runs.id"), nullable=False),
    Column("seen_at", UTCDateTime, nullable=False),
    Column("source", Text, nullable=False),  # listing, side_list, article
    Column("page_url", Text),
    Column("headline", Text),
    Column("sections", Json, nullable=False),
    Column("premium", Boolean),
    Column("premium_evidence", Json),
    Column("published_date", Date),
    Column("published_at", UTCDateTime),
    Column("modified_at", UTCDateTime),
    Column("body", Json, nullable=False),
    Column("status", Text, nullable=False),
    UniqueConstraint("article_id", "number"),
)

events = Table(
    "events",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("site", Text, nullable=False),
    Column("article_id", RowId, ForeignKey("articles.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("run_id", RowId, ForeignKey("runs.id"), nullable=False),
    Column("headline", Text),
    Column("url", Text),
    Column("premium", Boolean),
    Column("old", Json),
    Column("new", Json),
    Column("evidence", Json),
    Column("baseline", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("article_id", "kind", "revision"),
    Index(None, "at"),
    Index(None, "run_id"),
)
