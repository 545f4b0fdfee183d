"""The fixed words of the newsroom's pages in its three languages: names, marks, dates.

The premium mark and the dateline follow what is known of the real site; everything else is invented.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Literal
from zoneinfo import ZoneInfo

Language = Literal["en", "ru", "be"]
Section = Literal["politics", "economy", "society", "security", "sport", "germany"]

LANGUAGES: tuple[Language, ...] = ("en", "ru", "be")
SITE_ZONE = ZoneInfo("Europe/Minsk")

LOCALES = MappingProxyType({"en": "en-US", "ru": "ru-RU", "be": "be-BY"})

LANGUAGE_NAMES = MappingProxyType({"en": "English", "ru": "Русский", "be": "Беларуская"})

PREMIUM_MARKS = MappingProxyType(
    {
        "en": ("The material is available only to", "POZIRK+"),
        "ru": ("Материал доступен только подписчикам", "ПОЗІРК+"),
        "be": ("Матэрыял даступны толькі падпісчыкам", "ПОЗІРК+"),
    }
)
"""The premium mark in two parts, because a layout may split it there."""

SECTIONS: MappingProxyType[Section, dict[str, tuple[str, str]]] = MappingProxyType(
    {
        "politics": {
            "en": ("Politics", "politics"),
            "ru": ("Политика", "politika"),
            "be": ("Палітыка", "palityka"),
        },
        "economy": {
            "en": ("Economy", "economy"),
            "ru": ("Экономика", "ekonomika"),
            "be": ("Эканоміка", "ekanomika"),
        },
        "society": {
            "en": ("Society", "society"),
            "ru": ("Общество", "obshchestvo"),
            "be": ("Грамадства", "hramadstva"),
        },
        "security": {
            "en": ("Security", "security"),
            "ru": ("Безопасность", "bezopasnost"),
            "be": ("Бяспека", "biaspieka"),
        },
        "sport": {"en": ("Sport", "sport"), "ru": ("Спорт", "sport"), "be": ("Спорт", "sport")},
        "germany": {
            "en": ("Germany news", "germany-news"),
            "ru": ("Новости Германии", "novosti-germanii"),
            "be": ("Навіны Германіі", "naviny-hermanii"),
        },
    }
)
"""Section → language → (printed name, part of the address of the section's page)."""

MONTHS = MappingProxyType(
    {
        "en": [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        "ru": [
            "января",
            "февраля",
            "марта",
            "апреля",
            "мая",
            "июня",
            "июля",
            "августа",
            "сентября",
            "октября",
            "ноября",
            "декабря",
        ],
        "be": [
            "студзеня",
            "лютага",
            "сакавіка",
            "красавіка",
            "мая",
            "чэрвеня",
            "ліпеня",
            "жніўня",
            "верасня",
            "кастрычніка",
            "лістапада",
            "снежня",
        ],
    }
)

WEEKDAYS = MappingProxyType(
    {
        "en": [
            "on Monday",
            "on Tuesday",
            "on Wednesday",
            "on Thursday",
            "on Friday",
            "on Saturday",
            "on Sunday",
        ],
        "ru": [
            "в понедельник",
            "во вторник",
            "в среду",
            "в четверг",
            "в пятницу",
            "в субботу",
            "в воскресенье",
        ],
        "be": ["у панядзелак", "у аўторак", "у сераду", "у чацвер", "у пятніцу", "у суботу", "у нядзелю"],
    }
)

WORDS = MappingProxyType(
    {
        "en": {
            "site": "Pozirk",
            "tagline": "News from Belarus",
            "news": "News",
            "longreads": "Longreads",
            "home": "Home",
            "about": "About us",
            "city": "Minsk",
            "plus": "POZIRK+",
            "menu": "Menu",
            "search": "Search",
            "all_news": "All news",
            "older": "Older",
            "newer": "Newer",
            "more": "Load more",
            "page": "Page",
            "also_read": "Also read",
            "photo": "Photo",
            "tags": "Tags",
            "share": "Share",
            "log_in": "Log in",
            "email": "Email",
            "password": "Password",
            "forgot": "Forgot your password?",
            "for_subscribers": "The rest of the story is open to subscribers. Log in or subscribe.",
            "subscribe": "Become a subscriber",
            "subscribe_text": "POZIRK+ subscribers read all materials and get a digest every evening.",
            "follow": "Follow Pozirk on Telegram to get the news first.",
            "cookies": "We use cookies to count visits. You can refuse all but the necessary ones.",
            "accept": "Accept",
            "footer": "Pozirk is an independent news agency reporting on Belarus in three languages.",
            "rights": "When using materials, a link is required. POZIRK+ materials may not be reprinted.",
            "advertisement": "Advertisement",
            "not_found": "The page was not found",
            "not_found_text": "It may have been removed, or the address may be wrong.",
            "today": "Today",
            "yesterday": "Yesterday",
            "most_read": "Most read",
            "language": "Language",
            "contact": "Contact us",
        },
        "ru": {
            "site": "Позірк",
            "tagline": "Новости о Беларуси",
            "news": "Новости",
            "longreads": "Лонгриды",
            "home": "Главная",
            "about": "О нас",
            "city": "Минск",
            "plus": "ПОЗІРК+",
            "menu": "Меню",
            "search": "Поиск",
            "all_news": "Все новости",
            "older": "Далее",
            "newer": "Назад",
            "more": "Показать еще",
            "page": "Страница",
            "also_read": "Читайте также",
            "photo": "Фото",
            "tags": "Метки",
            "share": "Поделиться",
            "log_in": "Войти",
            "email": "Эл. почта",
            "password": "Пароль",
            "forgot": "Забыли пароль?",
            "for_subscribers": "Продолжение открыто подписчикам. Войдите или оформите подписку.",
            "subscribe": "Оформить подписку",
            "subscribe_text": "Подписчики ПОЗІРК+ читают все материалы и каждый вечер получают дайджест.",
            "follow": "Подписывайтесь на «Позірк» в Telegram, чтобы узнавать новости первыми.",
            "cookies": "Мы используем файлы cookie, чтобы считать посещения. От лишних можно отказаться.",
            "accept": "Хорошо",
            "footer": "«Позірк» — независимое агентство новостей о Беларуси на трех языках.",
            "rights": "При цитировании ссылка обязательна. Материалы ПОЗІРК+ перепечатывать нельзя.",
            "advertisement": "Реклама",
            "not_found": "Страница не найдена",
            "not_found_text": "Возможно, она удалена или адрес набран с ошибкой.",
            "today": "Сегодня",
            "yesterday": "Вчера",
            "most_read": "Самое читаемое",
            "language": "Язык",
            "contact": "Связаться с нами",
        },
        "be": {
            "site": "Позірк",
            "tagline": "Навіны пра Беларусь",
            "news": "Навіны",
            "longreads": "Лонгрыды",
            "home": "Галоўная",
            "about": "Пра нас",
            "city": "Мінск",
            "plus": "ПОЗІРК+",
            "menu": "Меню",
            "search": "Пошук",
            "all_news": "Усе навіны",
            "older": "Далей",
            "newer": "Назад",
            "more": "Паказаць яшчэ",
            "page": "Старонка",
            "also_read": "Чытайце таксама",
            "photo": "Фота",
            "tags": "Пазнакі",
            "share": "Падзяліцца",
            "log_in": "Увайсці",
            "email": "Эл. пошта",
            "password": "Пароль",
            "forgot": "Забылі пароль?",
            "for_subscribers": "Працяг адкрыты падпісчыкам. Увайдзіце або аформіце падпіску.",
            "subscribe": "Аформіць падпіску",
            "subscribe_text": "Падпісчыкі ПОЗІРК+ чытаюць усе матэрыялы і кожны вечар атрымліваюць дайджэст.",
            "follow": "Падпісвайцеся на «Позірк» у Telegram, каб даведвацца пра навіны першымі.",
            "cookies": "Мы выкарыстоўваем файлы cookie, каб лічыць наведванні. Ад лішніх можна адмовіцца.",
            "accept": "Добра",
            "footer": "«Позірк» — незалежнае агенцтва навін пра Беларусь на трох мовах.",
            "rights": "Пры цытаванні спасылка абавязковая. Матэрыялы ПОЗІРК+ перадрукоўваць нельга.",
            "advertisement": "Рэклама",
            "not_found": "Старонка не знойдзена",
            "not_found_text": "Магчыма, яна выдаленая або адрас набраны з памылкай.",
            "today": "Сёння",
            "yesterday": "Учора",
            "most_read": "Самае чытанае",
            "language": "Мова",
            "contact": "Звязацца з намі",
        },
    }
)


def section_name(section: Section, language: str) -> str:
    """A section's printed name."""
    return SECTIONS[section][language][0]


def section_path(section: Section, language: str) -> str:
    """The path of a section's page, which a navigation links to."""
    return f"/{language}/{SECTIONS[section][language][1]}/"


def premium_mark(language: str) -> str:
    """The mark of a premium story, as one text."""
    return " ".join(PREMIUM_MARKS[language])


def day_and_month(day: date, language: str) -> str:
    """`October 24`, `24 октября`, `24 кастрычніка`."""
    month = MONTHS[language][day.month - 1]
    return f"{month} {day.day}" if language == "en" else f"{day.day} {month}"


def dateline(day: date, language: str) -> str:
    """What opens the first paragraph of a news story: `October 24, Pozirk.`"""
    return f"{day_and_month(day, language)}, {WORDS[language]['site']}."


def plural(count: int, one: str, few: str, many: str) -> str:
    """The Slavic form of a noun after a number."""
    if count % 10 == 1 and count % 100 != 11:
        return one
    if 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14:
        return few
    return many


def how_long_ago(then: datetime, now: datetime, language: str) -> str:
    """`3 hours ago`, as listings with relative times print it; of an earlier day, the date."""
    day = then.astimezone(SITE_ZONE).date()
    if day != now.astimezone(SITE_ZONE).date():
        return day_and_month(day, language)
    age = max(now - then, timedelta())
    minutes = int(age.total_seconds() // 60)
    hours = minutes // 60
    minutes = max(minutes, 1)
    if language == "en":
        count, unit = (hours, "hour") if hours else (minutes, "minute")
        return f"{count} {unit}{'' if count == 1 else 's'} ago"
    if language == "ru":
        if hours:
            return f"{hours} {plural(hours, 'час', 'часа', 'часов')} назад"
        return f"{minutes} {plural(minutes, 'минуту', 'минуты', 'минут')} назад"
    if hours:
        return f"{hours} {plural(hours, 'гадзіну', 'гадзіны', 'гадзін')} таму"
    return f"{minutes} {plural(minutes, 'хвіліну', 'хвіліны', 'хвілін')} таму"
