"""Lists in many markups: whatever an entry is made of, its mark, sections and time are its own."""

from __future__ import annotations

# ruff: noqa: E501 - pages in one piece.
from datetime import UTC, datetime
from itertools import permutations

import pytest

import newscrawler
from newscrawler.items import ParsedPage

MARK = "The material is available only to POZIRK+"
NOW = datetime.fromisoformat("2025-10-24T16:00:00+03:00")
# Headline, sections, premium, number (None: no link), Minsk time.
STORIES = (
    ("Minister goes to Vienna", ("Politics",), False, 161401, 14),
    ("Harvest smaller than last year", ("Economy", "Society"), True, None, 12),
    ("Choir sings in Hrodna", ("Society",), True, 161399, 11),
    ("Economy ministry drafts law on exports", ("Economy",), False, 161395, 9),
    ("Lithuania closes third checkpoint", ("Security",), False, 161390, 8),
)
MENU = "".join(
    f'<a href="/en/{n}/">{s}</a> ' for n, s in enumerate(("Politics", "Economy", "Society", "Security"))
)
BESIDE = (
    f"<div><h3>POZIRK+</h3><p>Support us. Subscribe to POZIRK+ and read everything.</p><a href='/en/plus/'>POZIRK+</a></div>"
    f"<div><p>© 2025 Pozirk</p></div><div hidden><p>{MARK}</p><form><input type=password></form></div>"
)


def read(body: str, path: str = "news/", head: str = "") -> ParsedPage:
    html = f"<!doctype html><meta charset=utf-8><title>News - Pozirk</title>{head}<div>{MENU}</div><h1>News</h1>{body}"
    return newscrawler.parse(
        html.encode(), url=f"https://pozirk.online/en/{path}", headers={}, fetched_at=NOW, site="pozirk"
    )


def check(page: ParsedPage, *, timed: bool = True) -> None:
    got = [(e.headline, tuple(e.sections), e.premium, e.external_id) for e in page.entries]
    assert got == [(h, s, p, str(n) if n else None) for h, s, p, n, _ in STORIES]
    if timed:
        times = [datetime(2025, 10, 24, hour - 3, 5, tzinfo=UTC) for *_, hour in STORIES]
        assert [e.published_at for e in page.entries] == times


ROWS = {
    "li": ("<ul>", "<li>{0} {1} {2} {3}</li>", "</ul>"),
    "divs": ("<div>", "<div><div>{0}</div><div>{1}</div><div>{2}</div><div>{3}</div></div>", "</div>"),
    "articles in an article": ("<article>", "<article>{0}{1}<p>{2}</p><p>{3}</p></article>", "</article>"),
    "table row": ("<table>", "<tr><td>{0}</td><td>{1}</td><td>{2} {3}</td></tr>", "</table>"),
    "three table rows": ("<table>", "<tr><td>{0}</td></tr><tr><td>{1} {2}</td></tr><tr><td>{3}</td></tr>", "</table>"),
    "dt and dd": ("<dl>", "<dt>{0} {1}</dt><dd>{2} {3}</dd>", "</dl>"),
    "line": ("<div>", "{0} {1} {2} {3}<br>", "</div>"),
    "paragraph": ("<div>", "<p>{0} {1} {2} {3}</p>", "</div>"),
    "own elements": ("<x-list>", "<x-card><x-a>{0}</x-a><x-b>{1}</x-b>{2}{3}</x-card>", "</x-list>"),
}  # fmt: skip


def shown(order: str, row: str, mark: str) -> str:
    opening, pattern, closing = ROWS[row]
    rows = []
    for headline, sections, premium, number, hour in STORIES:
        parts = {
            "H": f'<a href="/en/news/{number}/">{headline}</a>' if number else f"<b>{headline}</b>",
            "S": "<span>" + "</span> <span>".join(sections) + "</span>",
            "M": mark if premium else "",
            "D": f"<i>24 October 2025, {hour:02}:05</i>",
        }
        rows.append(pattern.format(*(parts[c] for c in order)))
    return opening + "".join(rows) + closing


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("beside", ["", BESIDE], ids=["alone", "beside boxes"])
def test_any_order_in_any_row(row: str, beside: str) -> None:
    orders = ["".join(p) for p in permutations("SHMD")]
    # Where headlines end and marks begin again in every line, a mark at its edge is anybody's: left out.
    for order in [o for o in orders if row != "dt and dd" or o[0] in "HS"]:
        check(read(shown(order, row, f"<em>{MARK}</em>") + beside))


FORMS = {
    "in capitals": f"<em>{MARK.upper()}</em>",
    "broken by br": "<small>The material is available<br>only to POZIRK+</small>",
    "in brackets": f"<span>({MARK})</span>",
    "after an emoji": f"<span>🔒 {MARK}</span>",
    "hard spaces": f"<span>{MARK.replace(' ', '&nbsp;')}</span>",
    "over several source lines": "<span>" + MARK.replace(" ", "\n  ") + "</span>",
    "plus apart": "<span>The material is available only to POZIRK <sup>+</sup></span>",
    "plus raised": "<span>The material is available only to POZIRK⁺</span>",
    "abbreviation": f'<abbr title="{MARK}">POZIRK+</abbr>',
    "for screen readers": f'<i aria-hidden="true"></i><span class="s">{MARK}</span>',
    "button": f'<button type="button" aria-label="{MARK}">🔒</button>',
    "in JSON": f"<span data-tip='{{\"text\":\"{MARK}\"}}'></span>",
    "tooltip": f'<span role="tooltip" style="display:none">{MARK}</span>',
    "title of an image": f'<img src="l.png" alt="" title="{MARK}">',
    "pointer to a shared tooltip": '<span tabindex="0" aria-describedby="tip">+</span>',
    "pointer to a shared drawing": '<svg><use xlink:href="#lock"></use></svg>',
}  # fmt: skip
SHARED = {
    "pointer to a shared tooltip": f'<div id="tip" role="tooltip" hidden>{MARK}</div>',
    "pointer to a shared drawing": f'<svg style="display:none"><symbol id="lock"><title>{MARK}</title></symbol></svg>',
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("row", ["li", "divs", "line", "three table rows"])
def test_any_form_of_the_mark(form: str, row: str) -> None:
    for order in ("SHMD", "DSMH"):
        check(read(SHARED.get(form, "") + shown(order, row, FORMS[form])))


@pytest.mark.parametrize(
    "stamp",
    [
        '<time datetime="2025-10-24T{h:02}:05:00+03:00">today</time>',
        '<abbr title="2025-10-24T{h:02}:05:00+03:00">24 October</abbr>',
        '<span data-published-date="2025-10-24T{h:02}:05:00+03:00">24 October</span>',
        '<span data-time="{unix}">24 October</span>',
        '<meta itemprop="datePublished" content="2025-10-24T{h:02}:05:00+03:00">',
        '<time class="updated" datetime="2025-10-24T15:55:00+03:00"></time><time datetime="2025-10-24T{h:02}:05:00+03:00"></time>',
        "<i>24 Oct 2025 | {h:02}:05</i>",
        "<i>{h:02}:05, 24 October</i>",
        "<i>By Pozirk</i><i>Oct 24, 2025 {h:02}:05</i><i>5 views</i>",
        "<i>{h:02}:05</i>",
    ],
)
def test_any_form_of_the_time(stamp: str) -> None:
    rows = []
    for headline, sections, premium, number, h in STORIES:
        when = stamp.format(h=h, unix=int(datetime(2025, 10, 24, h - 3, 5, tzinfo=UTC).timestamp()))
        link = f'<a href="/en/news/{number}/">{headline}</a>' if number else f"<b>{headline}</b>"
        rows.append(
            f"<article><p>{', '.join(sections)}</p><h3>{link}</h3>{MARK if premium else ''}<p>{when}</p></article>"
        )
    header = "<h2>Today</h2>" if stamp == "<i>{h:02}:05</i>" else ""
    check(read(header + "".join(rows)))


@pytest.mark.parametrize(
    ("linked", "unlinked"),
    [
        ('<span role="link" data-href="/en/news/{n}/">{h}</span>', "<button type=button disabled>{h}</button>"),
        ('<div onclick="location.href=\'/en/news/{n}/\'">{h}</div>', '<a href="#login">{h}</a>'),
        ('<x-link to="/en/news/{n}/">{h}</x-link>', "<a>{h}</a>"),
        ('<div role=heading aria-level=3><a href="/en/news/{n}/">{h}</a></div>', "<div role=heading aria-level=3>{h}</div>"),
    ],
    ids=["data-href", "onclick", "own element", "role"],
)  # fmt: skip
def test_any_form_of_the_link(linked: str, unlinked: str) -> None:
    rows = "".join(
        f"<li>{', '.join(s)} {(linked if n else unlinked).format(n=n, h=h)} {MARK if p else ''}</li>"
        for h, s, p, n, _ in STORIES
    )
    check(read(f"<ul>{rows}</ul>"), timed=False)


def test_whole_entries_in_buttons() -> None:
    rows = "".join(
        f'<p><a href="/en/news/{n}/"><span>{", ".join(s)}</span><br><strong>{h}</strong>{f"<br>{MARK}" if p else ""}</a></p>'
        if n
        else f"<p><button disabled><span>{', '.join(s)}</span><br><strong>{h}</strong><br>The material is available<br>only to POZIRK+</button></p>"
        for h, s, p, n, _ in STORIES
    )
    check(read(rows), timed=False)


def test_a_mark_over_a_form_or_offer_is_of_no_story() -> None:
    page = read(
        shown("SHMD", "li", f"<em>{MARK}</em>")
        + f"<div><h4>Ask the editors anything</h4></div><div><b>{MARK}</b><p>Log in to go on.</p><input type=password></div>"
        + f"<p>What do the words <em>{MARK}</em> mean? That a story is for subscribers.</p>"
    )
    check(page)


@pytest.mark.parametrize("path", ["news/", "longreads/"])
@pytest.mark.parametrize("tag", ["h2", "div"])
def test_a_box_beside_an_empty_list_is_not_the_list(path: str, tag: str) -> None:
    title = "News" if path == "news/" else "Longreads"
    html = (
        f"<title>{title} - Pozirk</title><div><{tag}>{title}</{tag}></div><div><{tag}>Longreads</{tag}>"
        '<div><a href="/en/longreads/161000/">Who buys empty houses in Minsk and why</a></div></div>'
        f"<div><{tag}>POZIRK+</{tag}><p>POZIRK+ subscribers read all materials and get a digest.</p></div>"
    )
    page = newscrawler.parse(
        html.encode(), url=f"https://pozirk.online/en/{path}", headers={}, fetched_at=NOW, site="pozirk"
    )
    assert page.kind == "listing"
    assert page.entries == []


def test_a_list_of_one_takes_nothing_from_the_box_below() -> None:
    html = (
        "<title>Longreads - Pozirk</title><div>Longreads</div><div><div>Economy</div>"
        '<a href="/en/longreads/161000/">Who buys empty houses in Minsk and why</a></div>'
        "<div><div>POZIRK+</div><div>POZIRK+ subscribers read all materials and get a digest.</div></div>"
    )
    page = newscrawler.parse(
        html.encode(), url="https://pozirk.online/en/longreads/", headers={}, fetched_at=NOW, site="pozirk"
    )
    assert [(e.sections, e.premium) for e in page.entries] == [(["Economy"], False)]


def test_an_unlinked_entry_has_the_year_of_its_neighbours() -> None:
    page = read(
        '<div>17 July, 19:02 <a href="/en/news/60388/">Lift factory gets order from Omsk</a><br>'
        f"17 July, 16:20 <b>Universities to report students</b> ({MARK})<br>"
        '17 July, 14:05 <a href="/en/news/60369/">One window policy reaches villages</a><br></div>'
    )
    assert [e.published_date and e.published_date.year for e in page.entries] == [2023, 2023, 2023]


JOINED = {
    "dash": "{h} — {m}", "colon": "{h}: {m}", "pipe": "{h} | {m}", "brackets": "{h} ({m})", "break": "{h}<br>{m}",
    "dash and element": "{h} — <i>{m}</i>", "picture in brackets": "{h} (<img alt='{m}'>)",
    "before, dash": "{m} — {h}", "before, colon": "{m}: {h}", "before, stop": "{m}. {h}",
}  # fmt: skip
SECTIONS_AT = {
    "square brackets": "[{s}] {r}", "brackets": "({s}) {r}", "pipe": "{s} | {r}", "dot": "{s} · {r}",
    "after, in brackets": "{r} [{s}]", "after, pipe": "{r} | {s}",
}  # fmt: skip


@pytest.mark.parametrize("row", ["<li>{}</li>", "<p>{}</p>", "<div>{}</div>", "<p>{}"])
@pytest.mark.parametrize("sections", SECTIONS_AT.values(), ids=SECTIONS_AT)
@pytest.mark.parametrize("joined", JOINED.values(), ids=JOINED)
def test_what_joins_sections_headline_and_mark_is_of_no_headline(
    row: str, sections: str, joined: str
) -> None:
    rows = ""
    for headline, names, premium, number, _ in STORIES:
        text = f"<a href='/en/news/{number}/'>{headline}</a>" if number else headline
        text = joined.format(h=text, m=MARK) if premium else text
        rows += row.format(sections.format(s=", ".join(names), r=text))
    check(read(f"<div>{rows}</div>"), timed=False)


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize(
    "chip",
    [
        "<button>{}</button>",
        "<a href='/en/x/'>{}</a> ",
        "<label><input type=checkbox>{}</label>",
        "<span>{} · </span>",
    ],
)
@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize("bare", [True, False], ids=["first without sections", "all with sections"])
def test_a_filter_above_the_list_is_no_section_of_its_first_entry(
    count: int, chip: str, inside: bool, bare: bool
) -> None:
    chips = f"<div>{''.join(chip.format(n) for n in ('Politics', 'Economy', 'Society')[:count])}</div>"
    rows = "".join(
        f"<div><div><h3><a href='/en/news/{161400 - n}/'>Headline of story {n}</a></h3><ul>{'' if bare and not n else '<li>Security</li>'}</ul></div></div>"
        for n in range(4)
    )
    page = read(f"<div>{chips}{rows}</div>" if inside else f"{chips}<div>{rows}</div>")
    assert [e.sections for e in page.entries] == [[] if bare else ["Security"], *[["Security"]] * 3]


def numbered(first: int, stories: int = 3, *, name: str = "{0}") -> str:
    """A list of other stories, counted from `first`, that nothing else tells from the page's list."""
    items = (
        f'<div><span>{name.format(first + n)}</span><a href="/en/news/{160000 + n}/">Old story of number {n}</a></div>'
        for n in range(stories)
    )
    return f"<div>{''.join(items)}</div>"


@pytest.mark.parametrize("name", ["{0}", "{0}.", "#{0}"])
def test_stories_counted_from_one_beside_the_list_are_the_most_read(name: str) -> None:
    check(read(shown("HSMD", "divs", f"<b>{MARK}</b>") + numbered(1, name=name)))


@pytest.mark.parametrize(("first", "stories"), [(1, 2), (4, 3)])
def test_other_numbers_before_headlines_say_nothing(first: int, stories: int) -> None:
    page = read(shown("HSMD", "divs", f"<b>{MARK}</b>") + numbered(first, stories))
    assert len(page.entries) == len(STORIES) + stories


def test_a_list_of_counted_stories_alone_is_the_page_s() -> None:
    assert [e.external_id for e in read(numbered(1)).entries] == ["160000", "160001", "160002"]


def test_a_heading_names_the_section_of_its_group() -> None:
    groups = "".join(
        f"<section><h2>{section}</h2><ul>"
        + "".join(f"<li><a href='/en/news/{n}/'>Story number {n} of the day</a></li>" for n in numbers)
        + "</ul></section>"
        for section, numbers in (("Politics", (5, 4)), ("Economy", (7,)), ("Society", (9, 8)))
    )
    assert [(e.external_id, e.sections) for e in read(groups).entries] == [
        ("5", ["Politics"]), ("4", ["Politics"]), ("7", ["Economy"]), ("9", ["Society"]), ("8", ["Society"]),
    ]  # fmt: skip
    one = "<section><h2>Politics</h2><ul><li><a href='/en/news/5/'>Story number 5 of the day</a></li></ul></section>"
    entries = read(f"{one}<p><a href='/en/news/4/'>Story number 4 of the day</a></p>").entries
    assert entries[1].sections == [], "one heading alone is no group's"


def test_the_headline_of_a_card_is_neither_its_caption_nor_its_section() -> None:
    cards = "".join(
        f"<div role=link data-href='/en/news/{n}/'><figure><img src=/i.jpg><figcaption>Photo from the archive</figcaption>"
        f"</figure><div>Culture</div><div>Puppet theater number {n} dismisses its director</div></div>"
        for n in (5, 4, 3)
    )
    assert [e.headline for e in read(f"<div>{cards}</div>").entries] == [
        f"Puppet theater number {n} dismisses its director" for n in (5, 4, 3)
    ]


@pytest.mark.parametrize(
    ("first", "second", "entries"),
    [
        ("24 October 2025, 12:05", "24 October 2025, 12:05", 1),
        ("24 October 2025, 12:05", "22 October 2025, 09:05", 2),
        ("24 October 2025, 12:05", "", 1),
    ],
)
def test_one_headline_on_two_days_is_two_entries(first: str, second: str, entries: int) -> None:
    html = (
        f"<ul><li><b>The week for readers</b> <b>{MARK}</b> <i>{first}</i></li>"
        "<li><a href='/en/news/161390/'>Lithuania closes third checkpoint</a> <i>23 October 2025, 08:05</i></li>"
        f"<li><a href='/en/news/161300/'>The week for readers</a> <i>{second}</i></li></ul>"
    )
    found = [e for e in read(html).entries if e.headline == "The week for readers"]
    assert len(found) == entries
    if entries == 2:
        assert [(e.external_id, e.premium) for e in found] == [(None, True), ("161300", False)]


@pytest.mark.parametrize(
    ("other", "stories"), [("2025-10-24T11:05:44+03:00", 1), ("2025-10-24T11:06:00+03:00", 2)]
)
def test_one_headline_with_and_without_address_is_one_story_of_one_minute(other: str, stories: int) -> None:
    page = read(
        f"<div><time datetime={other}></time> <b>What subscribers read</b> <i>{MARK}</i></div>"
        '<ul><li>11:05 <time datetime="2025-10-24T11:05:00+03:00"></time> <a href="/en/news/161399/">What subscribers read</a></li>'
        '<li><time datetime="2025-10-24T10:00:00+03:00"></time> <a href="/en/news/161390/">Choir sings in Hrodna</a></li></ul>'
    )
    assert [e.headline for e in page.entries].count("What subscribers read") == stories
