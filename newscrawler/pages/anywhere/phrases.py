"""Words that news pages of many languages share. None is of one publisher or theme."""

from __future__ import annotations

BESIDE = frozenset((
    "comment comments kommentar kommentare commentaires comentarios comentários commenti disqus "
    "related recommended recommendation recommendations recirculation recirc trending popular mostread "
    "share sharing shares social socials follow newsletter newsletters subscribe subscription signup "
    "promo promos promotion advert adverts advertisement advertising ads ad sponsored sponsor "
    "sidebar breadcrumb breadcrumbs tags taglist cookie consent gdpr paywall login register "
    "caption captions credit credits byline author authors bio toolbar popup modal overlay "
    "footer nav navigation menu copyright disclaimer rating poll player readmore teaser teasers"
).split())  # fmt: skip
"""Words of classes of what stands beside a story's text."""
