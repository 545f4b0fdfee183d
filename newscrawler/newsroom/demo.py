"""The story that the demo tells: a stocked site, and six hours in which things happen."""

from __future__ import annotations

from datetime import datetime, timedelta

from newscrawler.newsroom.newsroom import Newsroom


def demo_newsroom(now: datetime, *, layout: str = "classic", seed: int = 5) -> Newsroom:
    """A newsroom whose clock stands six hours before `now`, with 36 stories of the two days before.

    `advance(hours=6)` publishes seven more, four of them premium (two of these without address, in two
    languages), opens one premium story and edits one headline.
    """
    newsroom = Newsroom(seed, now - timedelta(hours=6), layout=layout)
    newsroom.stock(36, days=2)
    premium = next(
        story
        for language in ("en", "ru", "be")
        for story in newsroom.stories(language)
        if story.premium and story.linked
    )
    free = next(story for story in newsroom.stories("en") if not story.premium)

    def after(hours: float) -> timedelta:
        return timedelta(hours=hours)

    newsroom.plan("publish", after=after(0.4), language="en", premium=False)
    newsroom.plan("publish", after=after(1.1), language="ru", premium=True, linked=False)
    newsroom.plan("make_free", after=after(1.9), story=premium.id)
    newsroom.plan("publish", after=after(2.3), language="be", premium=True, linked=True)
    newsroom.plan("publish", after=after(2.8), language="ru", premium=False)
    newsroom.plan("edit_headline", after=after(3.5), story=free.id)
    newsroom.plan("publish", after=after(4.2), language="en", premium=True, linked=False)
    newsroom.plan("publish", after=after(4.9), language="en", premium=True, linked=True)
    newsroom.plan("publish", after=after(5.5), language="be", premium=False)
    return newsroom
