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
    Column("status", Text, nullable=False),  # running, ok, failed, stopped
    Column("reason", Text),
    Column("swept", Json),  # what was followed down to what was known: languages, and ways (`en ADDRESS`)
    Column("counts", Json),
    Column("wait_until", UTCDateTime),  # a long Retry-After of the site
    Column("scheduled", Boolean, nullable=False, server_default=false()),  # a turn of `watch`
    Column("owner", Text),  # the process; see process_identity.py
    Column("beat", Integer, nullable=False, server_default="0"),  # raised while it lives; see claims.py
    Column("log", Text),
    Column("coverage", Json),
    Index(None, "site", "started_at"),
)
_UNDER_WAY = (runs.c.status == "running") & (runs.c.kind == "crawl")
Index("uq_runs_under_way", runs.c.site, unique=True, sqlite_where=_UNDER_WAY, postgresql_where=_UNDER_WAY)

sites = Table(
    "sites",
    metadata,
    Column("site", Text, primary_key=True),
    Column("next_run_at", UTCDateTime),  # None for a site that nobody has put on a schedule
    Column("schedule", Text),  # in words, to notice that the settings have changed
    Column("conditions", Json, nullable=False),  # what is wrong → since when, and why
    Column("judged_since", UTCDateTime),  # earlier runs do not tell what is usual
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
    Column("gone_status", Integer),
    Column("dated_at", UTCDateTime),  # by what stories are ordered: search_index.dated_at; always written
    UniqueConstraint("site", "external_id"),
    UniqueConstraint("site", "url"),
    UniqueConstraint("site", "unlinked_key"),
    Index(None, "site", "language", "fingerprint"),
    Index(None, "site", "language", "listing_fingerprint"),
    Index(None, "site", "next_look_at"),
    Index(None, "site", "language", "last_seen_at"),
    # What filters alone need to find the newest: docs/queries.md, benchmarks/query.py.
    Index(None, "dated_at", "id"),
    Index(None, "first_seen_at", "id", "dated_at"),
    Index(None, "site", "dated_at", "id"),
    Index(None, "language", "dated_at", "id"),
    Index(None, "premium", "dated_at", "id"),
    Index(None, "status", "dated_at", "id"),
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
    Column("article_id", RowId, ForeignKey("articles.id")),  # None of what happened to a site
    Column("revision", Integer),
    Column("run_id", RowId, ForeignKey("runs.id"), nullable=False),
    Column("headline", Text),
    Column("url", Text),
    Column("premium", Boolean),
    Column("old", Json),
    Column("new", Json),
    Column("evidence", Json),
    Column("baseline", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("article_id", "kind", "revision"),
    Index(None, "run_id", "at", "id"),
    Index(None, "at", "id"),
    Index(None, "article_id", "at", "id"),
    Index(None, "kind", "at", "id", "article_id"),
    Index(None, "site", "at", "id"),
    Index(None, "premium", "at", "id"),
    Index(None, "baseline", "at", "id"),
)

alerts = Table(
    "alerts",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("event_id", RowId, ForeignKey("events.id"), nullable=False),
    Column("rule", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("status", Text, nullable=False),  # see alert_records.STATUSES
    Column("queued_at", UTCDateTime, nullable=False),
    Column("due_at", UTCDateTime),  # not to be looked at before
    Column("message", Text),  # the message it is part of: the idempotency key
    Column("form", Text),  # single, digest, summary
    Column("composed_at", UTCDateTime),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("lease", Text),  # who is sending it
    Column("leased_until", UTCDateTime),
    Column("error", Text),
    Column("delivered_at", UTCDateTime),
    Column("linked_to", RowId, ForeignKey("alerts.id")),  # told the same story in another language
    UniqueConstraint("event_id", "rule", "channel"),
    Index(None, "status", "channel", "rule"),
    Index(None, "channel", "rule", "composed_at"),
    Index(None, "message"),
)

alert_channels = Table(
    "alert_channels",
    metadata,
    Column("name", Text, primary_key=True),
    Column("failures", Integer, nullable=False),  # in a row
    Column("paused_until", UTCDateTime),
)

event_marks = Table(
    "event_marks",
    metadata,
    Column("event_id", RowId, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("seen_at", UTCDateTime, nullable=False),  # when somebody said that they have seen it
)
