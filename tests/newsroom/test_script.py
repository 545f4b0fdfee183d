from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from newscrawler.newsroom import Newsroom
from newscrawler.newsroom.script import random_script
from newscrawler.newsroom.wording import how_long_ago

NOW = datetime(2025, 11, 24, 9, 0, tzinfo=UTC)


def test_weights_say_what_happens() -> None:
    newsroom = Newsroom(2, NOW)
    number = random_script(newsroom, timedelta(days=5), weights={"publish_any": 3, "edit_body": 1})
    assert number == len(newsroom.script)
    actions = Counter(planned.action for planned in newsroom.script)
    assert set(actions) == {"publish_any", "edit_body"}
    assert 2 < actions["publish_any"] / actions["edit_body"] < 4.5
    assert all(NOW < planned.at < NOW + timedelta(days=5) for planned in newsroom.script)


def test_quiet_nights_are_quiet() -> None:
    newsroom = Newsroom(2, NOW)
    random_script(newsroom, timedelta(days=10), quiet_nights=True)
    # 22:00 to 6:00 in Minsk.
    at_night = sum(1 for planned in newsroom.script if not 3 <= planned.at.hour < 19)
    assert 0 < at_night < 0.1 * len(newsroom.script)


def test_ages_are_printed_as_people_say_them() -> None:
    def ago(language: str, **age: float) -> str:
        return how_long_ago(NOW - timedelta(**age), NOW, language)

    assert ago("en", seconds=5) == "1 minute ago"
    assert ago("en", hours=11.5) == "11 hours ago"
    assert ago("ru", minutes=21) == "21 минуту назад"
    assert ago("ru", hours=3) == "3 часа назад"
    assert ago("be", hours=11) == "11 гадзін таму"
    # It is noon in Minsk: thirteen hours ago was yesterday.
    assert ago("en", hours=13) == "November 23"
