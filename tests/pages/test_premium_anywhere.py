"""Premium of a story whose publisher nobody has described: what counts, and where."""

from __future__ import annotations

# ruff: noqa: E501 - a piece of a page reads better in one line.
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

import newscrawler
from newscrawler.items import Article
from newscrawler.pages.read import read as read_page
from newscrawler.sites import Address, Site

TEXT = (
    "The old cinema by the station will open again in spring, its new owners said on Monday evening.",
    "They have kept the seats of the first row, in which nobody had ever wanted to sit, and sold the others.",
    "A ticket is to cost what it cost on the last night, twenty-two years ago, for as long as money allows.",
)
WORDINGS = {
    "en": "This article is for subscribers only.",
    "de": "Dieser Artikel ist nur für Abonnenten.",
    "fr": "Article réservé aux abonnés",
    "es": "Contenido exclusivo para suscriptores",
    "pt": "Conteúdo exclusivo para assinantes",
    "it": "Articolo riservato agli abbonati",
    "nl": "Dit artikel is exclusief voor abonnees",
    "da": "Artiklen er kun for abonnenter",
    "no": "Denne saken er for abonnenter",
    "sv": "Artikeln är endast för prenumeranter",
    "fi": "Artikkeli on vain tilaajille",
    "is": "Greinin er aðeins fyrir áskrifendur",
    "pl": "Artykuł tylko dla subskrybentów",
    "cs": "Článek je pouze pro předplatitele",
    "sk": "Článok je len pre predplatiteľov",
    "hu": "A cikk csak előfizetőink számára olvasható",
    "ro": "Conținut doar pentru abonați",
    "hr": "Sadržaj samo za pretplatnike",
    "sr": "Садржај само за претплатнике",
    "sl": "Članek je samo za naročnike",
    "bg": "Съдържанието е само за абонати",
    "el": "Περιεχόμενο μόνο για συνδρομητές",
    "ru": "Материал доступен только подписчикам",
    "uk": "Матеріал доступний лише передплатникам",
    "be": "Матэрыял даступны толькі падпісчыкам",
    "lt": "Straipsnis tik prenumeratoriams",
    "lv": "Raksts tikai abonentiem",
    "et": "Artikkel ainult tellijale",
    "tr": "Bu içerik sadece abonelere açıktır",
    "ca": "Contingut exclusiu per a subscriptors",
    "ja": "この記事は会員限定です",
    "zh": "付费阅读",
    "ko": "구독자 전용 기사",
    "ar": "هذا المقال للمشتركين فقط",
    "he": "הכתבה למנויים בלבד",
    "id": "Artikel khusus pelanggan",
}


TITLE = "<h1>Cinema opens again in spring</h1>"


def read(
    head: str = "", around: str = "{text}", before: str = "", after: str = "", title: str = TITLE
) -> Article:
    text = "".join(f"<p>{t}</p>" for t in TEXT)
    html = (
        "<!doctype html><html lang='en'><head><title>Cinema opens again in spring</title>"
        f"<meta property='og:type' content='article'>{head}</head><body><header class='site'>{before}</header>"
        f"<main><article>{title}<div class='story'>"
        f"{around.replace('{text}', text)}</div></article></main>{after}</body></html>"
    )
    page = newscrawler.parse(
        html.encode(),
        url="https://daily.example/2026/cinema",
        headers={"content-type": "text/html; charset=utf-8"},
        fetched_at=datetime(2026, 11, 20, tzinfo=UTC),
    )
    assert page.article is not None
    assert page.article.body[: len(TEXT)] == list(TEXT)
    return page.article


def ld(**fields: object) -> str:
    story = {"@type": "NewsArticle", "headline": "Cinema opens again in spring", **fields}
    return f"<script type='application/ld+json'>{json.dumps(story)}</script>"


@pytest.mark.parametrize("value", [False, "False", "false", "no", "0", 0, "http://schema.org/False", [False]])
def test_a_story_that_is_said_to_be_closed_is_premium(value: object) -> None:
    article = read(ld(isAccessibleForFree=value))
    assert article.premium is True
    assert article.premium_evidence is not None
    assert article.premium_evidence.signal == "isAccessibleForFree"


@pytest.mark.parametrize("value", [True, "True", "true", "yes", "1", 1])
def test_a_story_that_is_said_to_be_free_is_free(value: object) -> None:
    assert read(ld(isAccessibleForFree=value), around=f"{{text}}<p>{WORDINGS['en']}</p>").premium is False


def test_a_closed_part_makes_a_story_premium() -> None:
    part = {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".story"}
    assert read(ld(hasPart=part)).premium is True
    assert read(ld(hasPart=[part])).premium is True


def test_microdata_says_it_too() -> None:
    assert read("<meta itemprop='isAccessibleForFree' content='false'>").premium is True


@pytest.mark.parametrize(
    ("tier", "premium"), [("locked", True), ("metered", True), ("free", False), ("?", None)]
)
def test_the_tag_of_tiers(tier: str, premium: bool | None) -> None:
    assert read(f"<meta property='article:content_tier' content='{tier}'>").premium is premium


def test_other_tags_about_access() -> None:
    assert read("<meta name='article.access' content='paid'>").premium is True
    assert read("<meta name='x:paid' content='0'>").premium is None
    assert read("<meta name='keywords' content='paid, premium'>").premium is None


@pytest.mark.parametrize("language", WORDINGS)
def test_a_wording_in_the_story_makes_it_premium(language: str) -> None:
    article = read(around=f"{{text}}<div class='box'><p>{WORDINGS[language]}</p></div>")
    assert article.premium is True
    evidence = article.premium_evidence
    assert evidence is not None
    assert evidence.text == WORDINGS[language]
    assert evidence.path == "main > article > div > p"


@pytest.mark.parametrize("language", WORDINGS)
def test_the_same_wording_elsewhere_says_nothing(language: str) -> None:
    words = WORDINGS[language]
    assert read(before=f"<nav><ul><li><a href='/x'>{words}</a></li></ul></nav>").premium is None
    cards = "".join(
        f"<li><a href='/{n}'>A story of another kind, number {n}</a><span>{words}</span></li>"
        for n in range(4)
    )
    assert read(after=f"<ul>{cards}</ul><footer><p>{words}</p></footer>").premium is None


def test_a_story_about_subscribers_is_not_for_them() -> None:
    told = (
        "The seats in the balcony, so the owners say, will be available to subscribers only, who number forty-one so "
        "far and who have been promised that nobody will ever ask them what they thought of a film, neither on the "
        "stairs nor in the street."
    )
    assert read(around=f"{{text}}<p>{told}</p>").premium is None


def test_an_invitation_to_subscribe_is_no_mark() -> None:
    assert read(around="{text}<p>Subscribe to our newsletter and never miss a film.</p>").premium is None


def test_the_class_of_the_element_that_holds_the_text() -> None:
    assert read(around="<div class='meteredContent'>{text}</div>").premium is True
    assert read(around="<section class='is-premium'>{text}</section>").premium is True
    # A word among others of one class, or an element beside the text, says nothing.
    assert read(around="<div class='p-premium ad'>{text}</div>").premium is None
    assert read(around="{text}<div class='mod paywall'></div>").premium is None


def test_what_a_script_knows_of_the_story() -> None:
    assert read("<script>dataLayer.push({'isPremiumArticle': true});</script>").premium is True
    assert read('<script>var page = {"articleAccess": "subscriber"};</script>').premium is True
    assert read("<script>if (user) { isPaid = true }</script>").premium is None
    listed = ",".join(['{"premiumContent":true}'] * 9)
    many = f"<script>var list = [{listed}]</script>"
    assert read(many).premium is None
    mixed = '<script>var list = [{"premiumContent":true},{"premiumContent":false}]</script>'
    assert read(mixed).premium is None


@pytest.mark.parametrize(
    "call",
    [
        "Already a subscriber? Log in", "Jetzt weiterlesen: 4 Wochen gratis", "Déjà abonné ? Connectez-vous",
        "¿Ya eres suscriptor? Inicia sesión", "Sei già abbonato? Accedi", "Уже есть подписка? Войдите",
        "すでに会員の方はこちら",
    ],
)  # fmt: skip
def test_a_text_that_breaks_off_before_a_call_to_subscribe(call: str) -> None:
    box = f"<div class='offer'><p>{call}</p></div>"
    cut = "<p>What the owners have not said so far is how they are going to pay for the roof, since the rain…</p>"
    article = read(around=f"{{text}}{cut}{box}")
    assert article.premium is True
    assert article.premium_evidence is not None
    assert article.premium_evidence.text == call
    # After a text that comes to its end, or far below, it is only an invitation.
    assert read(around=f"{{text}}{box}").premium is None
    assert read(around=f"{{text}}{cut}", after=f"<footer>{box}</footer>").premium is None


def test_silence_is_none() -> None:
    article = read()
    assert article.premium is None
    assert article.premium_evidence is not None
    assert article.premium_evidence.signal == "nothing said"


def test_a_lock_at_the_headline() -> None:
    def marked(mark: str, after: str = "") -> Article:
        return read(
            around=f"{after}{{text}}",
            title=f"<div class='head'>{mark}<h1>Cinema opens again in spring</h1></div>",
        )

    assert marked("<svg class='premium-icon'><path d='M1'/></svg>").premium is True
    assert marked("<svg><use href='/icons.svg#lock-icon'></use></svg>").premium is True
    assert marked("<img src='p.svg' alt='Subscribers only'>").premium is True
    assert marked("<i title='Nur für Abonnenten'></i>").premium is True
    assert marked("<svg class='clock-icon'><path d='M1'/></svg>").premium is None
    assert (
        marked("", "<aside><svg class='premium-icon'><path d='M1'/></svg>Another story</aside>").premium
        is None
    )


def test_a_badge_in_a_list_belongs_to_its_entry() -> None:
    site = Site("daily", "https://daily.example", ("en",), "UTC")
    stories = {
        f"https://daily.example/news/{n}": Address("article", "en", str(n), f"https://daily.example/news/{n}")
        for n in range(5)
    }
    profile = replace(site.profile, identify=lambda url: stories.get(url))
    badges = ["<span class='b'>Premium</span>", "", "<p>Réservé aux abonnés</p>", "", ""]
    rows = "".join(
        f"<li>{badge}<h3><a href='/news/{n}'>A story of another kind, number {n}</a></h3></li>"
        for n, badge in enumerate(badges)
    )
    html = f"<html lang='en'><body><main><ul>{rows}</ul></main></body></html>"
    page = read_page(
        html.encode(),
        url="https://daily.example/",
        headers={},
        fetched_at=datetime(2026, 11, 20, tzinfo=UTC),
        profile=profile,
    )
    assert [e.premium for e in page.entries] == [True, None, True, None, None]
