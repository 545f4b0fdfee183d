"""Header, meta, BOM and bytes disagreeing."""

from __future__ import annotations

import codecs

import pytest

from newscrawler.pages.decode import decode

RU = "<p>24 октября, Позірк. Министерство опубликовало проект бюджета на следующий год.</p>"
BE = "<p>3 кастрычніка, Позірк. Міністэрства апублікавала праект бюджэту «на ўсё».</p>"
EN = "<p>October 24, Pozirk. The café’s owner, Łukašenka’s relative, said “no”.</p>"


@pytest.mark.parametrize("text", [RU, BE, EN])
@pytest.mark.parametrize(
    "header",
    ["", "text/html", "text/html; charset=utf-8", "text/html; charset=windows-1251", "x; charset=??"],
)
@pytest.mark.parametrize(
    "meta", ["", "<meta charset=utf-8>", "<meta charset=windows-1251>", "<meta charset=latin1>"]
)
def test_bytes_that_are_utf_8_are_utf_8(text: str, header: str, meta: str) -> None:
    assert decode((meta + text).encode(), header).text == meta + text


@pytest.mark.parametrize("text", [RU, BE])
@pytest.mark.parametrize(
    "header",
    ["", "text/html; charset=utf-8", "text/html; charset=windows-1251", "text/html; charset=iso-8859-1"],
)
@pytest.mark.parametrize(
    "meta",
    [
        "",
        "<meta charset=utf-8>",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
    ],
)
def test_windows_1251_whatever_is_declared(text: str, header: str, meta: str) -> None:
    assert decode((meta + text).encode("windows-1251"), header).text == meta + text


def test_koi8() -> None:
    assert decode(RU.replace("і", "и").encode("koi8-r"), "").text == RU.replace("і", "и")


@pytest.mark.parametrize(
    ("bom", "name"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_bom(bom: bytes, name: str) -> None:
    assert decode(bom + BE.encode(name), "text/html; charset=windows-1251").text == BE


def test_a_bom_that_lies() -> None:
    assert decode(codecs.BOM_UTF8 + RU.encode("windows-1251"), "").text == RU


def test_utf_16_without_a_bom() -> None:
    assert decode(RU.encode("utf-16-le"), "").text == RU


def test_utf_8_cut_in_a_character() -> None:
    raw = RU.encode()[: RU.encode().index("следующий".encode()) + 1]
    assert decode(raw, "text/html; charset=windows-1251").text == RU[: RU.index("следующий")]


def test_utf_8_with_bytes_lost_inside() -> None:
    raw = bytearray((RU * 5).encode())
    del raw[200]
    text = decode(bytes(raw), "text/html; charset=windows-1251").text
    assert "Министерство опубликовало" in text


def test_the_bytes_of_a_page_are_kept_where_they_are_its_text_in_utf_8() -> None:
    assert decode(RU.encode()).utf8 == RU.encode()
    assert decode(codecs.BOM_UTF8 + RU.encode()).utf8 is None
    assert decode(RU.encode("windows-1251"), "text/html; charset=windows-1251").utf8 is None
    assert decode("год".encode()[:-1]).utf8 is None, "the last character was cut"
