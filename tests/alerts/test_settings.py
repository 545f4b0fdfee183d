from __future__ import annotations

from pathlib import Path

import pytest

from newscrawler.alerts.settings import AlertSettings
from newscrawler.config import load_config
from newscrawler.exceptions import UsageError

GOOD = """
[alerts]
timezone = "Europe/Vilnius"

[alerts.channels.desk]
type = "webhook"
url_env = "DESK"

[[alerts.rules]]
name = "premium"
channels = ["desk"]
quiet_hours = "22:30-7:00"
"""


def load(text: str) -> AlertSettings:
    Path("newscrawler.toml").write_text(text, encoding="utf-8")
    return load_config().alerts


def test_rules_and_channels_are_read() -> None:
    settings = load(GOOD)
    (rule,) = settings.rules
    assert rule.kinds == ("new_premium", "became_premium")
    assert rule.quiet_hours is not None
    assert [moment.isoformat("minutes") for moment in rule.quiet_hours] == ["22:30", "07:00"]
    assert list(settings.channels) == ["desk"]


def test_without_settings_nobody_is_told() -> None:
    assert load("") == AlertSettings()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('quiet_hours = "22:30-7:00"', 'quiet_hours = "late"', "quiet_hours = 'late': .*22:00-07:00"),
        ('quiet_hours = "22:30-7:00"', 'quiet_hours = "7:00-07:00"', "two different times"),
        ('quiet_hours = "22:30-7:00"', 'kinds = ["newish"]', "kinds.0 = 'newish': .*expected one of new, "),
        ('quiet_hours = "22:30-7:00"', 'patterns = ["("]', r"patterns.0 = '\(': .*regular expression"),
        ('quiet_hours = "22:30-7:00"', "max_per_hour = 0", "max_per_hour = 0: .*greater than or equal to 1"),
        ('quiet_hours = "22:30-7:00"', 'colour = "red"', "colour = 'red': Extra"),
        ('channels = ["desk"]', 'channels = ["fax"]', "names channel 'fax'; expected one of .*desk"),
        ('name = "premium"', "", r"rules.0.name = …: Field required"),
        ('"Europe/Vilnius"', '"Vilnius"', "timezone = 'Vilnius': .*Europe/Vilnius"),
        ('type = "webhook"', 'type = "fax"', "channels.desk = …: .*'webhook', 'apprise', 'command', 'log'"),
        ('url_env = "DESK"', "", "exactly one of url, url_env and url_file"),
    ],
)
def test_a_mistake_names_key_value_and_what_was_expected(old: str, new: str, words: str) -> None:
    assert old in GOOD
    with pytest.raises(UsageError, match=words):
        load(GOOD.replace(old, new))


def test_two_rules_of_one_name_are_refused() -> None:
    with pytest.raises(UsageError, match="two are called 'premium'"):
        load(GOOD + '\n[[alerts.rules]]\nname = "premium"\nchannels = ["desk"]\n')


@pytest.mark.parametrize(
    "channel",
    [
        'type = "webhook"\nurl = "https://x/geheim"\nurl_env = "A"',
        'type = "webhook"\nurl = ["https://x/geheim"]',
        'type = "webhook"\nulr = "https://x/geheim"',
        'type = "fax"\nurl = "https://x/geheim"',
        'url = "https://x/geheim"',
        'type = "log"\nurl = "https://x/geheim"',
        'type = "webhook"\nurl_env = "A"\nsecret = "geheim"',
    ],
)
def test_a_mistake_in_a_channel_shows_no_address(channel: str) -> None:
    with pytest.raises(UsageError, match=r"alerts\.channels\.desk") as caught:
        load(f"[alerts.channels.desk]\n{channel}\n")
    assert "geheim" not in str(caught.value)


def test_settings_of_the_environment_are_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSCRAWLER_ALERTS", "geheim")
    with pytest.raises(UsageError, match=r"alerts.*expected JSON") as caught:
        load_config()
    assert "geheim" not in str(caught.value)


def test_an_address_in_the_settings_is_not_shown() -> None:
    settings = load(GOOD.replace('url_env = "DESK"', 'url = "https://x/geheim"'))
    assert "geheim" not in repr(settings) + str(settings) + settings.model_dump_json()
