"""What goes wrong on a simulated site."""

from __future__ import annotations

import random
from datetime import timedelta
from functools import partial

from newscrawler.newsroom import Fault, Newsroom


def some_fault(newsroom: Newsroom, choices: random.Random) -> Fault:
    """One thing that goes wrong, somewhere on the site, always, often or now and then."""
    language = choices.choice(newsroom.languages)
    paths = (
        "*",
        f"/{language}/*",
        f"/{language}/news/",
        f"/{language}/news/page/*",
        f"/{language}/news/1*",
        f"/{language}/longreads/*",
        "/??/news/1*",
        "/??/news/1*|/??/longreads/1*",
    )
    fault = partial(
        Fault,
        path=choices.choice(paths),
        probability=choices.choice((1.0, 0.5, 0.15)),
        skip=choices.choice((0, 0, 1, 5)),
    )
    soon = newsroom.now + timedelta(minutes=25)
    retry_after = choices.choice((None, "0", "3600", "not a date", f"{soon:%a, %d %b %Y %H:%M:%S GMT}"))
    wall = choices.choice((403, 503, 200))
    charset = choices.choice(("windows-1252", "windows-1251", "koi8-r"))
    elsewhere = choices.choice(("/en/login/", f"/{language}/", _other_story(newsroom, choices)))
    faults = (
        fault("status", status=403),
        fault("status", status=429, retry_after=retry_after),
        fault("status", status=500),
        fault("status", status=503, retry_after=retry_after),
        fault("status", status=choices.choice((404, 410)), count=choices.randint(1, 4)),
        fault("delay", seconds=0.05),
        fault("hang", count=1),
        fault("reset"),
        fault("truncated"),
        fault("truncated_chunked"),
        fault("wrong_type"),
        fault("wrong_charset", charset=charset),
        fault("false_gzip"),
        fault("challenge", status=wall),
        fault("consent"),
        fault("login"),
        fault("redirect", location=elsewhere),
        fault("redirect_loop"),
        fault("empty_listing"),
        fault("half_listing", entries=choices.randint(1, 8)),
        fault("changed_markup"),
        fault("empty_body"),
        Fault("status", path="/robots.txt", status=choices.choice((500, 503))),
        Fault("reset", path="/robots.txt"),
    )
    return choices.choice(faults)


def _other_story(newsroom: Newsroom, choices: random.Random) -> str:
    """The path of a story, to lead astray to."""
    linked = [story for story in newsroom.stories("en") if story.has_link]
    return choices.choice(linked).path if linked else "/en/"
