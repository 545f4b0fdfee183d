"""Pages that stand before the page that was asked for: challenges, consent walls, logins, errors."""

from __future__ import annotations

# ruff: noqa: E501 - one line for each language and meaning reads better than lines of a given length.
import re
from typing import Final

from newscrawler.pages.document import Document
from newscrawler.pages.metadata import Metadata

_CHALLENGE: Final = re.compile(
    r"just a moment|checking (?:your browser|if the site connection)|attention required|ddos.?(?:protection|guard)"
    r"|verify(?:ing)? (?:you are|that you are|you're) (?:a )?human|are you (?:a )?(?:human|robot)|one more step"
    r"|enable javascript and cookies to continue|access denied|you have been blocked|security check|captcha"
    r"|один момент|проверка (?:браузера|безопасности|что вы человек)|подтвердите,? что вы (?:человек|не робот)|доступ (?:запрещ[её]н|ограничен)"
    r"|пацвердзіце,? што вы (?:чалавек|не робат)|праверка браўзера|доступ забаронены",
    re.IGNORECASE,
)
_CHALLENGE_CODE: Final = re.compile(
    r"cf-chl|cf_chl_opt|challenge-platform|cf-turnstile|g-recaptcha|h-captcha|_Incapsula_|ddos-guard", re.I
)
_CONSENT: Final = re.compile(
    r"before you continue|your privacy|privacy (?:settings|choices|preferences|policy)|consent|cookies?|gdpr|personal data|partners"
    r"|прежде чем (?:продолжить|перейти)|конфиденциальност|соглас(?:ие|ен) (?:на|с)|куки|персональных данных"
    r"|перш чым|згод[аы] на|прыватнасц|кукі|персанальных даных",
    re.IGNORECASE,
)
_AGREE: Final = re.compile(
    r"\b(?:accept|agree|allow|i consent|принять|принимаю|соглас|разрешить|прыняць|прымаю|згод)", re.IGNORECASE
)
_LOGIN: Final = re.compile(r"log ?in|sign in|вход|войти|авториз|увайсці|уваход|аўтарыз", re.IGNORECASE)
_LOGIN_TITLE: Final = re.compile(
    r"\W*(?:please )?(?:log ?in|sign in|sign up|register|subscribe|authori[sz]ation|member login|account"
    r"|вход|войти|войдите|авториз|регистрация|подпи[сш]|личный кабинет|увайсці|увайдзіце|уваход|аўтарыз|рэгістрацыя|падпі[сш]|асабісты кабінет)"
    r"(?!\w*\W+\w+\W+\w+\W+\w+\W+\w+)",
    re.IGNORECASE,
)
"""`Log in to continue`; not `Sign in blood: how a village remembers`."""
_ERROR: Final = re.compile(
    r"\W*(?:(?:http |http/1.\d )?(?:error|ошибка|памылка)?\W*(?:40[0134]|410|50[0234])(?:\W*$|\s*[-–—|:.]|\s+(?:error|not|forbidden|gone|internal|bad|service|gateway|page|ошибка|страниц|не |памылка|старонк))"
    r"|(?:oops\W+)?(?:(?:this |the |that )?(?:requested )?(?:page|article|file|url|document)\b.{0,40})?(?:not found|(?:does not|doesn.t|can.?t|cannot) (?:exist|be found))"
    r"|bad gateway|service (?:temporarily )?unavailable|internal server error|(?:site |scheduled |under )?maintenance(?: mode)?\W*$"
    r"|(?:страница|материал|новость|запись|ничего)?\W*(?:не найден[ао]?|не существует)|технические работы|ошибка сервера"
    r"|(?:старонка|матэрыял|навіна|нічога)?\W*(?:не знойдзен[аы]?|не існуе)|тэхнічныя работы)",
    re.IGNORECASE,
)
"""How a line of an error page begins. A headline may speak of 500 kilometers, or of somebody not found."""


def wall(document: Document, metadata: Metadata, paywalled: bool = False) -> str | None:
    """Why a page without an article and without entries cannot be what was asked for.

    `paywalled`: it says otherwise that it is an article, so that a login form is that of its paywall.
    """
    title = " ".join(text for text, source in metadata.titles if source == "title")
    lines = document.lines[:60]
    text = " ".join([title, *(n.text for n in lines)])[:6000]
    small = sum(len(n.text) for n in document.lines) < 6000
    if _CHALLENGE.search(text) and small:
        return "a challenge page stands before it"
    if (
        small
        and _CHALLENGE_CODE.search(document.tree.html[:60_000] if document.tree.html else "")
        and len(document.lines) < 15
    ):
        return "a challenge page stands before it"
    if document.forms and _LOGIN.search(text) and small and not paywalled:
        return "a login page stands before it"
    headings = [title, *(n.text for n in lines if (n.level or len(n.text) < 60) and not n.link)]
    if error := next((heading for heading in headings[:20] if _ERROR.match(heading)), None):
        return "an error page: " + (title or error)[:80]
    spoken = {m[0].casefold() for m in _CONSENT.finditer(text)}
    if (
        small
        and len(document.lines) < 40
        and len(spoken) > 1
        and _AGREE.search(text)
        and len(document.links) < 12
    ):
        return "a consent wall stands before it"
    return None


def is_title(text: str) -> bool:
    """Whether a title or headline is that of a login page, a challenge, a consent wall or an error."""
    return bool(_LOGIN_TITLE.match(text) or _ERROR.match(text) or _CHALLENGE.match(text)) or bool(
        len(text) < 60 and _CONSENT.match(text)
    )


def is_challenge(document: Document, metadata: Metadata) -> bool:
    """Whether the page is a challenge whatever else is on it: its title says so and little else is there."""
    title = " ".join(text for text, source in metadata.titles if source == "title")
    return len(document.lines) < 25 and bool(_CHALLENGE.search(title))
