"""Paragraphs that speak to the reader: the text of a news agency speaks to somebody in quotes alone."""

from __future__ import annotations

# ruff: noqa: E501 - one line for each language and meaning reads better than lines of a given length.
import re
from functools import lru_cache
from typing import Final

from newscrawler.pages.words import holds_any

QUOTED: Final = re.compile(r"“[^”]*”|«[^»]*»|„[^“”]*[“”]|\"[^\"]*\"")
_YOU: Final = re.compile(
    r"\b(?:you|your|yours)\b|(?:^|[.!?:–—]\s+)(?:please |just |then )?(?:install|find (?:it|us|them)|turn (?:on|off)|follow|subscribe|join|download|sign up|read us|listen to|write to|send|tell us|ask (?:us|our)|leave (?:us|a)|become (?:an?|our|one)|click|scan|chip in|don.t miss|(?:support|help|tell|share|get|use|buy|give|donate|choose) (?:us|our|it|this|to us))\b"
    r"|(?<!\w)(?:вы|вас|вам|вами|ваш\w*|вамі|можно (?:прислать|отправить|написать)|можна (?:даслаць|адправіць|напісаць))(?!\w)"
    r"|(?<!\w)(?:чита|подпи|присоед|поддерж|помог|перевед|пиши|присыл|пришл|напи|скача|установ|включ|сохран|откр|использ|польз|сообщ|выдел|нажм|слуша|смотр|следи|подел|дел|расска|предлож|покупа|оформ|стан|выбер|зада|спрос|остав|берег|пропуст|перей|пройд|голос|узна|запис|приход|заход|приглас)\w*(?:йте|ите|ьте)(?:сь)?(?!\w)"
    r"|(?<!\w)(?:чыта|падпі|далуч|падтрым|дапама|перака|пішы|дасыл|дашл|напі|скача|спампу|[уў]сталю|[уў]ключ|захав|адкр|выкарыст|карыст|паведам|вылуч|націс|слуха|гляд|сачы|падзял|дзял|раска|прапан|купля|аформ|стан|абяр|зада|пыта|пакін|беражы|прапус|перай|прайдз|галас|дазна|запі|прыход|заход|запрас)\w*(?:йце|іце|ыце|ьце)(?:ся)?(?!\w)",
    re.IGNORECASE,
)
"""Spoken to somebody: a news agency does that in quotes alone."""
_LATIN: Final = (
    "subscri", "donat", "newsletter", "patreon", "boosty", "vpn", "mirror", " app", " bot", "notification", "podcast", "spotify",
    "telegram", "youtube", "instagram", "whatsapp", "whats app", " signal", " channel", "support us", "support our", "journalis",
    "email", "e-mail", "comment", "mistake", "typo", "website", " site", "backers", "reader",
)  # fmt: skip
_CYRILLIC: Final = (
    "подпис", "донат", "рассылк", "зеркал", "приложени", " бот", "чат-бот", "уведомлени", "подкаст", "телеграм", "канал",
    "поддерж", "читател", "журналист", "коммент", "ошибк", "опечатк", "сайт", "редакци", "падпіс", "данат", "люстэрк", "люстр",
    "дадатак", "дадатку", "апавяшчэн", "падкаст", "тэлеграм", "падтрым", "чытач", "журналіст", "каментар", "памылк", "рэдакцы",
)  # fmt: skip
_ALL: Final = (*_CYRILLIC, *_LATIN)
"""What publishers ask their readers for, or to mind. Looked for one by one, which is a tenth of the time that a pattern
of them takes."""


@lru_cache(maxsize=512)  # each line of a page is asked about by several rules
def speaks_to_reader(text: str) -> bool:
    """Whether a paragraph speaks to its reader, out of quotes, of subscriptions, channels and the like.

    Of 1,400 paragraphs of texts one does: an item of a list (`subscribe to nothing, follow no one`).
    """
    if text[:1] in "—–-":
        return False  # direct speech
    stems = _LATIN if text.isascii() else _ALL
    if not holds_any(f" {text}", stems):
        return False
    said = QUOTED.sub(" ", text)
    return holds_any(f" {said}", stems) and _YOU.search(said) is not None
