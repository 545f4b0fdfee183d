"""Writes invented news, the same story in three languages, always the same for the same seed.

A `Topic` is the choices behind a story; each language's words follow from it. All of it is invented:
the places exist, the events, people and figures do not.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from datetime import date

from newscrawler.newsroom import vocabulary as words
from newscrawler.newsroom.vocabulary import Phrase
from newscrawler.newsroom.wording import LANGUAGES, WEEKDAYS, Language, Section

_COLUMN = {language: column for column, language in enumerate(LANGUAGES)}

_LEAD_ENDINGS: tuple[Phrase, ...] = (
    (
        ", the district executive committee told journalists {day}",
        ", сообщили журналистам {day} в райисполкоме",
        ", паведамілі журналістам {day} у райвыканкаме",
    ),
    (
        ", several sources familiar with the matter told the agency {day}",
        ", рассказали агентству {day} несколько знакомых с делом источников",
        ", расказалі агенцтву {day} некалькі абазнаных крыніц",
    ),
    (
        ", follows from documents published {day}",
        ", следует из опубликованных {day} документов",
        ", вынікае з апублікаваных {day} дакументаў",
    ),
)


@dataclass(frozen=True, slots=True)
class Topic:
    """One story before it is written: its sections, its headlines, and the seed of its text."""

    sections: tuple[Section, ...]
    headlines: Phrase
    seed: int

    def headline(self, language: Language) -> str:
        """The headline in a language."""
        return self.headlines[_COLUMN[language]]


@dataclass(frozen=True, slots=True)
class Text:
    """What a story says below its headline, without dateline."""

    lead: str | None
    paragraphs: tuple[str | tuple[str, ...], ...]
    """A tuple is a list of items."""
    photo_credit: str | None
    caption: str | None
    tags: tuple[str, ...]


def news_topic(choices: random.Random) -> Topic:
    """A new topic; two calls may give the same one, the newsroom sees to it that they do not."""
    frame = choices.choice(_FRAMES)
    sections, headlines = frame(choices)
    return Topic(sections, _capitalized(headlines), choices.getrandbits(32))


def longread_topic(choices: random.Random) -> Topic:
    """A new topic for a longread."""
    headlines = _filled(choices.choice(words.LONGREAD_HEADLINES), place=choices.choice(words.PLACES))
    sections: tuple[Section, ...] = (choices.choice(("society", "economy", "politics")),)
    return Topic(sections, _capitalized(headlines), choices.getrandbits(32))


def news_text(topic: Topic, language: Language, day: date) -> Text:
    """The body of a news story published on that day."""
    return _text(topic, language, day, longread=False)


def longread_text(topic: Topic, language: Language, day: date) -> Text:
    """Lead and body of a longread."""
    return _text(topic, language, day, longread=True)


def added_paragraph(language: Language, choices: random.Random) -> str:
    """What an editor adds later."""
    return _sentence(words.ADDED_SENTENCES, choices, 0)[_COLUMN[language]]


def edited_headline(headline: str, language: Language, choices: random.Random) -> str:
    """A headline as an editor changes it: a figure corrected, or a few words added or taken away."""
    column = _COLUMN[language]
    if (figure := re.search(r"\d+", headline)) and choices.random() < 0.5:
        corrected = int(figure[0]) + choices.randint(1, 3)
        return f"{headline[: figure.start()]}{corrected}{headline[figure.end() :]}"
    for update in words.HEADLINE_UPDATES:
        if headline.endswith(update[column]):
            return headline.removesuffix(update[column])
    return headline + choices.choice(words.HEADLINE_UPDATES)[column]


def _text(topic: Topic, language: Language, day: date, *, longread: bool) -> Text:
    choices = random.Random(topic.seed)
    column = _COLUMN[language]
    weekday = day.weekday()
    paragraphs: list[str | tuple[str, ...]] = []
    lead = None
    if longread:
        lead = _sentence(words.LONGREAD_LEADS, choices, weekday)[column]
    else:
        opening = topic.headlines[column]
        ending = choices.choice(_LEAD_ENDINGS)[column].format(day=WEEKDAYS[language][weekday])
        paragraphs.append(f"{opening}{ending}.")
    sentences = list(words.BODY_SENTENCES)
    choices.shuffle(sentences)
    for _ in range(choices.randint(8, 10) if longread else choices.randint(3, 6)):
        length = min(choices.choice((1, 1, 2)), len(sentences))
        chosen = [_sentence((sentences.pop(),), choices, weekday)[column] for _ in range(length)]
        if chosen:
            paragraphs.append(" ".join(chosen))
    if choices.random() < 0.3:
        opener = choices.choice(words.LIST_OPENERS)[column]
        items = tuple(_sentence((item,), choices, weekday)[column] for item in words.LIST_ITEMS)
        paragraphs[-1:-1] = [opener, items]
    has_photo = choices.random() < 0.6
    photographer = choices.choice(words.PHOTOGRAPHERS)[column]
    tags = tuple(tag[column] for tag in choices.sample(words.TAGS, 2))
    return Text(
        lead=lead,
        paragraphs=tuple(paragraphs),
        photo_credit=photographer if has_photo else None,
        caption=topic.headlines[column] if has_photo else None,
        tags=tags,
    )


def _sentence(sentences: tuple[Phrase, ...], choices: random.Random, weekday: int) -> Phrase:
    """A random sentence with its gaps filled, alike in all languages."""
    sentence = choices.choice(sentences)
    number, percent = choices.randint(5, 20), choices.randint(5, 60)
    amount = f"{choices.randint(2, 90)}.{choices.randint(1, 9)}"
    place, speaker = choices.choice(words.PLACES), choices.choice(words.SPEAKERS)
    day = (WEEKDAYS["en"][weekday], WEEKDAYS["ru"][weekday], WEEKDAYS["be"][weekday])
    amounts = (amount, amount.replace(".", ","), amount.replace(".", ","))
    return _filled(
        sentence,
        number=(str(number),) * 3,
        percent=(str(percent),) * 3,
        amount=amounts,
        place=place,
        speaker=speaker,
        day=day,
    )


def _filled(phrase: Phrase, **gaps: Phrase | tuple[str, ...]) -> Phrase:
    english, russian, belarusian = (
        text.format(**{name: values[column] for name, values in gaps.items()})
        for column, text in enumerate(phrase)
    )
    return english, russian, _with_short_u(belarusian)


def _joined(*orders: tuple[Phrase, ...]) -> Phrase:
    """Words put together, in each language in its own order."""
    english, russian, belarusian = (
        " ".join(phrase[column] for phrase in orders[column]) for column in range(3)
    )
    return english, russian, _with_short_u(belarusian)


def _with_short_u(belarusian: str) -> str:
    """After a vowel the preposition у is written ў."""
    return re.sub(r"(?<=[аеёіоуыэюя]) у(?= )", " ў", belarusian)


def _capitalized(phrase: Phrase) -> Phrase:
    english, russian, belarusian = (text[0].upper() + text[1:] for text in phrase)
    return english, russian, belarusian


_Made = tuple[tuple[Section, ...], Phrase]


def _town(choices: random.Random) -> _Made:
    place, thing = choices.choice(words.PLACES), choices.choice(words.TOWN_THINGS)
    verb, tail = choices.choice(words.TOWN_VERBS), choices.choice(words.TAILS)
    slavic = (place, verb, thing, tail)
    sections: tuple[Section, ...] = choices.choice((("society",), ("economy",), ("society", "economy")))
    return sections, _joined((thing, place, verb, tail), slavic, slavic)


def _ministry(choices: random.Random) -> _Made:
    parts = tuple(
        choices.choice(table) for table in (words.MINISTRIES, words.PROPOSES, words.POLICIES, words.WHOM)
    )
    sections: tuple[Section, ...] = choices.choice((("economy",), ("economy", "politics"), ("society",)))
    return sections, _joined(parts, parts, parts)


def _figures(choices: random.Random) -> _Made:
    indicator, move = choices.choice(words.INDICATORS), choices.choice(words.MOVES)
    whole, tenth = choices.randint(2, 60), choices.randint(1, 9)
    share: Phrase = (
        f"{whole}.{tenth} percent",
        f"на {whole},{tenth} процента",
        f"на {whole},{tenth} працэнта",
    )
    parts = (indicator, move, share, choices.choice(words.PERIODS))
    return ("economy",), _joined(parts, parts, parts)


def _court(choices: random.Random) -> _Made:
    person, verdict = choices.choice(words.PEOPLE_TRIED), choices.choice(words.SENTENCES_PASSED)
    charge, place = choices.choice(words.CHARGES), choices.choice(words.PLACES)
    slavic = (place, person, verdict, charge)
    sections: tuple[Section, ...] = choices.choice((("politics",), ("politics", "society")))
    return sections, _joined((person, verdict, place, charge), slavic, slavic)


def _match(choices: random.Random) -> _Made:
    winner, loser = choices.sample(words.CLUBS, 2)
    score = f"{choices.randint(3, 9)}:{choices.randint(0, 2)}"
    tournament = choices.choice(words.TOURNAMENTS)
    beat: Phrase = ("beats", "побеждает со счетом", "перамагае з лікам")
    over: Phrase = ("over", "команду", "каманду")
    result: Phrase = (score, score, score)
    slavic = (winner, beat, result, over, loser, tournament)
    return ("sport",), _joined((winner, beat, loser, result, tournament), slavic, slavic)


def _germany(choices: random.Random) -> _Made:
    place, verb = choices.choice(words.GERMAN_PLACES), choices.choice(words.GERMAN_VERBS)
    thing, tail = choices.choice(words.GERMAN_THINGS), choices.choice(words.TAILS)
    slavic = (place, verb, thing, tail)
    return ("germany",), _joined((thing, verb, place, tail), slavic, slavic)


def _border(choices: random.Random) -> _Made:
    checkpoint = choices.choice(words.CHECKPOINTS)
    where: Phrase = (
        words.AT_CHECKPOINT[0].format(checkpoint[0]),
        words.AT_CHECKPOINT[1].format(checkpoint[1]),
        words.AT_CHECKPOINT[2].format(checkpoint[2]),
    )
    parts = (choices.choice(words.BORDER_EVENTS), where, choices.choice(words.TAILS))
    return ("security",), _joined(parts, parts, parts)


def _diplomacy(choices: random.Random) -> _Made:
    parts = tuple(
        choices.choice(table)
        for table in (words.COUNTRIES, words.COUNTRY_VERBS, words.COUNTRY_ISSUES, words.COUNTRY_TAILS)
    )
    return ("politics",), _joined(parts, parts, parts)


def _rights(choices: random.Random) -> _Made:
    parts = tuple(choices.choice(table) for table in (words.RIGHTS_GROUPS, words.RIGHTS_EVENTS, words.PLACES))
    sections: tuple[Section, ...] = choices.choice((("politics",), ("politics", "society")))
    return sections, _joined(parts, parts, parts)


_FRAMES = (
    _town,
    _town,
    _ministry,
    _ministry,
    _figures,
    _court,
    _court,
    _match,
    _germany,
    _border,
    _diplomacy,
    _diplomacy,
    _rights,
)
