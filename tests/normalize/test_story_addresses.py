from __future__ import annotations

import pytest

from newscrawler.normalize.story_addresses import can_be_story, looks_like_story
from newscrawler.normalize.urls import plain


@pytest.mark.parametrize(
    "path",
    [
        "2025/11/20/prices-rise",
        "news/prices-rise-again-in-autumn",
        "en/news/161418/",
        "politics/article-prices-and-wages-5573868904b3ced0c5c9b0314c56ae5a",
        "article/5573868904b3ced0c5c9b0314c56ae5a",
        "news/world-europe-68012345",
        "articles/c4gvyd5z7yqo",
        "story.php?id=12345",
        "2025/11/prices-rise.html",
        "новости/цены-снова-выросли-осенью-2025",
        "a/prices_rise_again_in_autumn.shtml",
    ],
)
def test_stories(path: str) -> None:
    assert looks_like_story(f"https://a.example/{path}")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "news/",
        "2025/11/",
        "2025/11/20/",
        "calendar/2025/11/a-day-in-november-of-this-year",
        "tag/prices-and-wages-in-autumn",
        "author/name-of-an-author",
        "news/page/1234",
        "search?q=prices",
        "news?sort=date&order=asc",
        "shop/a-mug-with-our-name",
        "about-us",
        "image-of-prices-that-rise.jpg",
        "news/prices-rise-again-in-autumn/feed",
        "a/a/a/a/a/prices-rise-again-in-autumn",
    ],
)
def test_other_addresses(path: str) -> None:
    assert not looks_like_story(f"https://a.example/{path}")


def test_what_a_publisher_lists_is_believed() -> None:
    assert can_be_story("https://a.example/prices")
    assert not can_be_story("https://a.example/")
    assert not can_be_story("https://a.example/podcast.mp3")


def test_sessions_are_no_part_of_an_address() -> None:
    assert (
        plain("https://a.example/x;jsessionid=1A2B?PHPSESSID=9&id=5&sessionid=7")
        == "https://a.example/x?id=5"
    )
    assert plain("https://a.example/(S(abc123))/x") == "https://a.example/x"
