"""What stands beside an article's text: appeals, comments, captions, windows; none of it is the story's."""

from __future__ import annotations

# ruff: noqa: E501 - pages in one piece.
from datetime import datetime

import pytest

import newscrawler
from newscrawler.items import Article

MARK = "The material is available only to POZIRK+"
HEADLINE = "Budget cuts spending on roads"
TEXT = [
    "The finance ministry has published a draft of the budget for next year, a note on its website says.",
    "Officials expect the deficit to fall to 1.2 percent of gross domestic product.",
    "“We will not raise taxes,” a deputy minister told journalists in Minsk on Friday.",
]


def article(
    inside: str = "", after: str = "", before: str = "", top: str = f"<h1>{HEADLINE}</h1>"
) -> Article:
    html = (
        f"<!doctype html><title>{HEADLINE} | Pozirk</title><body>{before}<div>{top}<div>"
        f"<p>October 24, Pozirk. {TEXT[0]}</p>{inside}<p>{TEXT[1]}</p><p>{TEXT[2]}</p></div></div>{after}"
    )
    page = newscrawler.parse(
        html.encode(), url="https://pozirk.online/en/news/161428/", headers={},
        fetched_at=datetime.fromisoformat("2025-10-24T15:00:00+03:00"), site="pozirk",
    )  # fmt: skip
    assert page.article is not None
    return page.article


@pytest.mark.parametrize(
    "inside",
    [
        "<div><b>We are blocked but we work</b><p>Reports from the regions cost money. Support «Pozirk»: even 3 euros a month will help us.</p><a href='/en/donate/'>Support</a></div>",
        "<section><strong>Thank you for reading</strong><p>Our longreads stay free thanks to subscribers. Join POZIRK+.</p><a href='/en/plus/'>Subscribe</a></section>",
        "<p><a href='https://t.me/pozirk'>Follow us on Telegram</a></p>",
        f"<div><a href='/en/news/161300/'>A card in the text</a> {MARK}<p>October 20, Pozirk. The audit office has found…</p></div>",
        "<figure><img src=a.jpg><figcaption><span>The ministry in Minsk</span><span>Photo: Jan Rubin</span></figcaption></figure>",
        "<div><img src=a.jpg></div><div>Photo:</div><div>Jan Rubin</div>",
        "<figure><img src=a.jpg><figcaption>The ministry in Minsk (Jan Rubin)</figcaption></figure>",
        "<div><img src=a.jpg><p>The ministry <i>(Jan Rubin)</i></p></div>",
        "<p><small>When using materials, a link to Pozirk is required.</small></p>",
    ],
)
def test_between_the_paragraphs(inside: str) -> None:
    found = article(inside)
    assert (found.body, found.premium) == (TEXT, False)
    assert found.photo_credits == (["Jan Rubin"] if "Rubin" in inside else [])


@pytest.mark.parametrize(
    "after",
    [
        f"<div><h3>Comments</h3><p>I do not believe it. They said the same a year ago, and a year before that.</p><p>{MARK} again, so what is the point of reading the news here.</p></div>",
        f"<div hidden><h3>{MARK}</h3><form><input name=u><input type=password></form></div>",
        f"<footer><p>Materials marked with the words “{MARK}” may not be reprinted.</p></footer>",
    ],
)
def test_after_the_text(after: str) -> None:
    found = article(after=after)
    assert (found.body, found.premium) == (TEXT, False)


def test_drawings_before_the_headline_are_not_shown_there() -> None:
    sprite = f'<svg style="display:none"><symbol id="lock"><title>{MARK}</title></symbol></svg>'
    assert article(before=sprite).premium is False


def test_a_headline_in_two_lines() -> None:
    page = article(top="<h1>Budget cuts<br>spending on roads</h1>")
    assert page.headline == HEADLINE


MENU = "".join(f"<li><a href='/en/{s}'>{s}</a></li>" for s in ("Politics", "Economy", "Society", "Sport"))


@pytest.mark.parametrize("menu", [f"<ul>{MENU}</ul>", f"<div>{MENU.replace('li>', 'div>')}</div>"])
def test_sections_are_not_those_of_the_menu(menu: str) -> None:
    assert article(before=menu, top=f"<div>Society</div><h1>{HEADLINE}</h1>").sections == ["Society"]
    assert article(before=menu, top=f"<h1>{HEADLINE}</h1><p>Economy, Society</p>").sections == [
        "Economy", "Society",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("caption", "credits"),
    [
        ("The lock near Pinsk (Marcin Dziadziula, Pozirk)", ["Marcin Dziadziula, Pozirk"]),
        ("The boat <span>(Family archive)</span>", ["Family archive"]),
        ("The lock near Pinsk (Brest region)", []),
        ("The lock near Pinsk (on the right)", []),
        ("The lock near Pinsk (Minsk)", []),
        ("The lock (built in 1986)", []),
    ],
)
def test_who_took_a_picture_may_stand_in_brackets(caption: str, credits: list[str]) -> None:
    found = article(f"<figure><img src=a.jpg><figcaption>{caption}</figcaption></figure>")
    assert (found.body, found.photo_credits) == (TEXT, credits)


@pytest.mark.parametrize("title", ["Read next", "What to read next", "Что ещё почитать", "Што яшчэ пачытаць"])
def test_what_to_read_next_is_related_and_no_entry(title: str) -> None:
    found = article(
        after=f"<section><h3>{title}</h3><a href='/en/longreads/155002/'><img src=a.jpg><b>Smoke over the villages</b>"
        "</a></section>"
    )
    assert found.related_titles == ["Smoke over the villages"]
    assert found.related == ["https://pozirk.online/en/longreads/155002/"]


CARD = f"<div><span>{MARK}</span><br><b>{{}}</b></div>"
CARDS = f"<div>{CARD.format('What a church costs to keep')}{CARD.format('Map of closed clinics')}</div>"
MENU = "<div><a href='/en/politics/'>Politics</a> <a href='/en/economy/'>Economy</a> <a href='/en/sport/'>Sport</a></div>"


@pytest.mark.parametrize("before", [CARDS, CARDS + MENU], ids=["cards", "cards and menu"])
@pytest.mark.parametrize(
    ("top", "premium"),
    [
        (f"<div>{HEADLINE}</div>", False),
        (f"<div><b>{HEADLINE}</b></div>", False),
        (f"<p>Economy</p><div>{HEADLINE}</div>", False),
        (f"<div>{HEADLINE}</div><p><i>{MARK}</i></p>", True),
    ],
)
def test_a_headline_that_nothing_names_is_not_that_of_a_marked_card_above(
    before: str, top: str, premium: bool
) -> None:
    text = f"<div><p>October 24, Pozirk. {TEXT[0]}</p><p>{TEXT[1]}</p><p>{TEXT[2]}</p></div>"
    html = f"<!doctype html><title>Pozirk</title><body>{before}<div>{top}{text}</div>"
    page = newscrawler.parse(
        html.encode(), url="https://pozirk.online/en/news/161428/", headers={},
        fetched_at=datetime.fromisoformat("2025-10-24T15:00:00+03:00"), site="pozirk",
    )  # fmt: skip
    assert page.article is not None
    assert (page.article.headline, page.article.premium) == (HEADLINE, premium)


def test_the_stories_before_and_after_are_no_recommendations() -> None:
    link = "<div><a href='/en/news/{}/'>{}</a></div>".format
    pair = link(161427, "Bridge opens in Pinsk") + link(161430, "Bakery recalls rye bread")
    card = f"<div><b>Also read</b> {link(161380, 'Road tax goes up')}</div>"
    assert article(after=f"<div>{pair}</div>").related == []
    assert article(after=f"<nav>{link(161427, 'Bridge opens in Pinsk')}</nav>{card}").related == [
        "https://pozirk.online/en/news/161380/"
    ]
    assert article(after=f"<div><h3>Also read</h3>{pair}</div>").related_titles == [
        "Bridge opens in Pinsk", "Bakery recalls rye bread",
    ]  # fmt: skip


LANGUAGES = {
    "en": ("Budget cuts spending on roads", "October 24, Pozirk.", TEXT),
    "ru": ("В бюджете урежут расходы на дороги", "24 октября, Позірк.", [
        "Министерство финансов опубликовало проект бюджета на следующий год, сообщается на его сайте.",
        "Чиновники рассчитывают, что дефицит сократится до 1,2% валового внутреннего продукта.",
        "«Мы не будем поднимать налоги», — сказал заместитель министра журналистам в Минске в пятницу.",
    ]),
    "be": ("У бюджэце парэжуць выдаткі на дарогі", "24 кастрычніка, Позірк.", [
        "Міністэрства фінансаў апублікавала праект бюджэту на наступны год, паведамляецца на яго сайце.",
        "Чыноўнікі разлічваюць, што дэфіцыт скароціцца да 1,2% валавога ўнутранага прадукту.",
        "«Мы не будзем падымаць падаткі», — сказаў намеснік міністра журналістам у Мінску ў пятніцу.",
    ]),
}  # fmt: skip


def told(language: str, place: str, block: str, *, longread: bool = False, form: bool = False) -> Article:
    """An article with a block `inside` or `after` its text; a longread has no dateline; a page may be one form."""
    inside, after = (block, "") if place == "inside" else ("", block)
    headline, dateline, text = LANGUAGES[language]
    opening = text[0] if longread else f"{dateline} {text[0]}"
    page = f"<div><h1>{headline}</h1><div><p>{opening}</p>{inside}<p>{text[1]}</p><p>{text[2]}</p>{after}</div></div>"
    html = (
        f"<!doctype html><title>{headline} | Pozirk</title><body>{f'<form>{page}</form>' if form else page}"
    )
    found = newscrawler.parse(
        html.encode(), url=f"https://pozirk.online/{language}/{'longreads' if longread else 'news'}/161428/", headers={},
        fetched_at=datetime.fromisoformat("2025-10-24T15:00:00+03:00"), site="pozirk",
    ).article  # fmt: skip
    assert found is not None
    found.body = [*([found.lead] if found.lead else []), *found.body]
    return found


APPEALS = {
    "en": ("Like this story? Support the newsroom.", "Share this story with your friends.", "Your support keeps us going.", "Support independent journalism."),
    "ru": ("Понравился материал? Поддержите редакцию.", "Поделитесь этой историей с друзьями.", "Ваша поддержка важна для нас.", "Помогите нам работать дальше."),
    "be": ("Спадабаўся матэрыял? Падтрымайце рэдакцыю.", "Падзяліцеся гэтай гісторыяй з сябрамі.", "Ваша падтрымка важная для нас.", "Дапамажыце нам працаваць далей."),
}  # fmt: skip


@pytest.mark.parametrize("longread", [True, False], ids=["longread", "news"])
@pytest.mark.parametrize("place", ["inside", "after"])
@pytest.mark.parametrize("appeal", [f"{k} {text}" for k, texts in APPEALS.items() for text in texts])
def test_an_appeal_of_any_wording(appeal: str, place: str, longread: bool) -> None:
    language, text = appeal.split(" ", 1)
    for tag in ("p", "b", "div"):
        found = told(language, place, f"<{tag}>{text}</{tag}>", longread=longread)
        assert found.body == LANGUAGES[language][2]


@pytest.mark.parametrize(
    "text",
    [
        "en Support for the government fell to 30 percent, according to the poll published on Monday.",
        "en Share prices of the refinery fell by 3 percent on Monday.",
        "en Help came late, residents of the village told journalists on Thursday.",
        "ru Поддержать малый бизнес власти обещают с января, говорится в проекте указа.",
        "ru — Помогите нам, — попросили жители деревни.",
        "be Падзяліцца досведам прыехалі лекары з Брэста, паведамілі ў бальніцы.",
    ],
)
def test_news_in_words_of_appeals_is_news(text: str) -> None:
    language, paragraph = text.split(" ", 1)
    assert paragraph in told(language, "inside", f"<p>{paragraph}</p>").body


HELP = {
    "en": ("Enter your Pozirk username.", "We will never share your address with anyone else."),
    "ru": ("Введите пароль, соответствующий имени пользователя.", "Мы никому не передадим ваш адрес и не будем слать рекламу."),
    "be": ("Увядзіце пароль, які адпавядае імені карыстальніка.", "Мы нікому не перададзім ваш адрас і не будзем слаць рэкламу."),
}  # fmt: skip


@pytest.mark.parametrize("longread", [True, False], ids=["longread", "news"])
@pytest.mark.parametrize("place", ["inside", "after"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_form_says_is_no_text(language: str, place: str, longread: bool) -> None:
    help_texts = "".join(
        f"<div><label>A</label><input type=text><div>{k}</div></div>" for k in HELP[language]
    )
    for block, whole in (
        (f"<form>{help_texts}</form>", False),
        (f"<div>{help_texts}</div>", False),
        (help_texts, True),
    ):
        found = told(language, place, block, longread=longread, form=whole)
        assert found.body == LANGUAGES[language][2]


ALSO = {
    "en": ("Also read", "Cameras installed at border with Poland", "Latvia extends ban on cars"),
    "ru": ("Читайте также", "На границе с Польшей поставили камеры", "Латвия продлила запрет на автомобили"),
    "be": (
        "Чытайце таксама",
        "На мяжы з Польшчай паставілі камеры",
        "Латвія працягнула забарону на аўтамабілі",
    ),
}
BOXES = {
    "attribute alone": "<x-also label='{0}'><span>{1}</span></x-also>",
    "named region": "<div aria-label='{0}'><p>{1}</p></div>",
    "named aside": "<aside aria-label='{0}'><p>{1}</p></aside>",
    "aside": "<aside><h4>{0}</h4><p>{1}</p></aside>",
    "two in a list": "<div><div>{0}</div><ul><li>{1}</li><li>{2}</li></ul></div>",
    "links in one line": "<section><h2>{0}</h2><a href='/en/longreads/161300/'><span>{1}</span></a><a href='/en/news/161200/'><span>{2}</span></a></section>",
    "links in a sentence": "<p>{0}: <a href='/en/longreads/161300/'>{1}</a>, <a href='/en/news/161200/'>{2}</a></p>",
    "one linked": "<div><h3>{0}</h3><p><a href='/en/news/161300/'>{1}</a></p><p>{2}</p></div>",
    "question": "<div><h3>{0}</h3><p>{1}?</p></div>",
}


@pytest.mark.parametrize("place", ["inside", "after"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("box", BOXES)
def test_what_is_recommended_with_and_without_links(box: str, language: str, place: str) -> None:
    _, one, two = ALSO[language]
    html = BOXES[box].format(*ALSO[language]).replace("/en/", f"/{language}/")
    for longread in (True, False):
        found = told(language, place, html, longread=longread)
        assert found.related_titles == ([one, two] if two in html else [one + "?"] if "?" in html else [one])
        assert found.body == LANGUAGES[language][2]


QUESTIONS = {
    "en": ("Do you remember your first night shift?", "What was the hardest?", "I remember every minute of that night, and I will tell you about it some day."),
    "ru": ("Вы помните свое первое дежурство?", "Что было самым трудным?", "Я помню каждую минуту той ночи и когда-нибудь вам об этом расскажу."),
    "be": ("Вы памятаеце сваё першае дзяжурства?", "Што было самым цяжкім?", "Я памятаю кожную хвіліну той ночы і калі-небудзь вам пра гэта раскажу."),
}  # fmt: skip


@pytest.mark.parametrize("longread", [True, False], ids=["longread", "news"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("dash", "shape"),
    [("— ", "<p><b>{}</b></p>"), ("– ", "<p><strong><i>{}</i></strong></p>"), ("- ", "<b>{}</b><br>"),
     ("— ", "<h3>{}</h3>"), ("", "<p><b>{}</b></p>"), ("", "<p>{}</p>")],
)  # fmt: skip
def test_the_questions_of_an_interview_are_text(dash: str, shape: str, language: str, longread: bool) -> None:
    one, two, answer = QUESTIONS[language]
    said = [dash + one, dash + answer, dash + two, dash + answer]
    inside = "".join((shape if n % 2 == 0 else "<p>{}</p>").format(text) for n, text in enumerate(said))
    text = LANGUAGES[language][2]
    assert told(language, "inside", inside, longread=longread).body == [text[0], *said, *text[1:]]


def test_a_lone_question_in_bold_is_a_subhead() -> None:
    assert article("<p><b>What comes next?</b></p>").body == TEXT
