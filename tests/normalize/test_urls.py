"""Addresses of any site."""

from __future__ import annotations

import pytest

from newscrawler.normalize.urls import absolute, host, plain


@pytest.mark.parametrize(
    ("base", "href", "expected"),
    [
        ("https://a.example/en/news/", "/x?y=1", "https://a.example/x?y=1"),
        ("https://a.example/en/news/", "?page=1", "https://a.example/en/news/?page=1"),
        ("https://a.example/en/news/", "./5/", "https://a.example/en/news/5/"),
        ("https://a.example/en/", "//b.example/z", "https://b.example/z"),
        ("https://a.example/en/", "mailto:a@b.example", None),
        ("https://a.example/en/", "javascript:void(0)", None),
        ("https://a.example/en/", "http://[", None),
        ("", "/en/news/5/", "/en/news/5/"),
        ("", "en/news/5/", None),
        ("https://a.example/", " ", None),
    ],
)
def test_absolute(base: str, href: str, expected: str | None) -> None:
    assert absolute(base, href) == expected


def test_plain_drops_what_only_tracks() -> None:
    assert (
        plain("HTTPS://user:pw@A.example:443/b?utm_source=x&page=2&fbclid=1#c")
        == "https://a.example/b?page=2"
    )


def test_host_keeps_the_port() -> None:
    assert host("http://127.0.0.1:8000/en/") == "127.0.0.1:8000"
