"""The article of a page: every field with where it came from."""

from __future__ import annotations

from newscrawler.items import Article
from newscrawler.pages import premium
from newscrawler.pages.article_dates import set_dates
from newscrawler.pages.article_sections import set_sections
from newscrawler.pages.found import Found


def build_article(found: Found) -> Article:
    """Put the article together."""
    article = Article()
    sources = article.sources
    metadata, body, address = found.metadata, found.body, found.address
    if address:
        article.url, article.external_id = address.url, address.external_id
        sources["url"] = sources["external_id"] = "address"
    if found.language:
        article.language = found.language
        sources["language"] = "address" if address else "page"
    if found.headline:
        article.headline, sources["headline"] = found.headline.text, found.headline.source
    if body.dateline:
        article.dateline, sources["dateline"] = body.dateline, "first paragraph"
    set_dates(found, article)
    set_sections(found, article)
    article.premium, article.premium_evidence = premium.of_article(
        found.document, metadata, found.own, body.notice, bool(body.paragraphs or body.lead)
    )
    sources["premium"] = article.premium_evidence.signal
    article.lead, article.body = body.lead, body.paragraphs
    if body.lead:
        sources["lead"] = "bold opening"
    if body.paragraphs:
        sources["body"] = f"text in {found.document.path(body.container)}" if body.container else "text"
    for name in ("authors", "description", "keywords", "image"):
        value = metadata.get(name)
        if value:
            setattr(article, name, value)
            sources[name] = metadata.values[name][1]
    if not article.authors and body.authors:
        article.authors, sources["authors"] = body.authors, "byline"
    article.photo_credits = body.credits
    if body.credits:
        sources["photo_credits"] = "captions"
    own_urls = {article.url}
    for url, title in body.related:
        if url in own_urls and url is not None:
            continue
        article.related.append(url or title)
        article.related_titles.append(title)
    if article.related:
        sources["related"] = "recommended in the text"
    for language, url in metadata.translations.items():
        target = found.document.profile.identify(url)
        code = language[:2]
        if (
            target
            and target.is_story
            and code != article.language
            and code in found.document.profile.languages
        ):
            article.translations[code] = target.url
            sources["translations"] = "hreflang"
    return article
