"""The table `[sites.NAME]` of newscrawler.toml: what a user says of one site."""

from __future__ import annotations

from newscrawler.site_description import SiteDescription


class SiteSettings(SiteDescription):
    """A site of the user's own, or how a bundled one is watched."""
