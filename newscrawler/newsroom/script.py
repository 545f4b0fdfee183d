"""Random scripts: what may happen on a news site over some days, for simulations."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from newscrawler.newsroom.newsroom import ActionName, Newsroom
from newscrawler.newsroom.wording import SITE_ZONE

USUAL_WEIGHTS: Mapping[ActionName, float] = MappingProxyType(
    {
        "publish_any": 10.0,
        "edit_headline": 1.0,
        "edit_body": 1.5,
        "make_premium": 0.7,
        "make_free": 1.0,
        "link": 0.8,
        "remove": 0.4,
        "restore": 0.3,
        "publish_twin": 0.2,
    }
)
"""How often each action happens, compared with the others."""


def random_script(
    newsroom: Newsroom,
    duration: timedelta,
    *,
    actions_per_hour: float = 6.0,
    weights: Mapping[ActionName, float] = USUAL_WEIGHTS,
    quiet_nights: bool = False,
    seed: int = 1,
) -> int:
    """Plan random actions from the newsroom's now on; returns how many.

    Which story an action is about is decided when it is performed. With `quiet_nights` a tenth as much
    happens between 22:00 and 6:00 of the site's time.
    """
    choices = random.Random(seed)
    names, shares = list(weights), list(weights.values())
    moment, end = newsroom.now, newsroom.now + duration
    planned = 0
    while True:
        moment += timedelta(hours=choices.expovariate(actions_per_hour))
        if moment >= end:
            return planned
        if quiet_nights and _is_night(moment) and choices.random() < 0.9:
            continue
        newsroom.plan(choices.choices(names, shares)[0], at=moment)
        planned += 1


def _is_night(moment: datetime) -> bool:
    return not 6 <= moment.astimezone(SITE_ZONE).hour < 22
