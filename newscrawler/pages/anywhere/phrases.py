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

BYLINE = frozenset("author authors byline autor autoren auteur auteurs autore autori verfasser writer".split())
"""Words of classes of a byline."""
BY = (
    r"by|von|par|por|di|door|av|af|od|oleh|written by|text|texte|texto|testo|tekst|author|autor(?:en|in|es|a)?|auteur|autore"
    r"|автор|текст|аўтар|тэкст|文|記者|기자"
)
"""What stands before an author's name."""
AND = r"and|und|et|y|e|en|og|och|i|и|і"
PARTICLES = frozenset("de del della di da dos das van von der den ter la le du el al bin ibn y e zu af av mc".split())
