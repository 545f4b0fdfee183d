"""Which rules want an event. Pure."""

from __future__ import annotations

from newscrawler.alerts.settings import AlertSettings, Rule
from newscrawler.changes import ArticleState
from newscrawler.storage.alert_records import Happened, Route


def wants(rule: Rule, event: Happened) -> bool | None:
    """Whether a rule wants an event told.

    None where only the story's own page can say, which has not been read yet: a listing shows no body, and
    often no sections.
    """
    story = event.state
    if event.kind not in rule.kinds or (rule.sites and event.site not in rule.sites):
        return False
    if rule.premium is not None and event.premium is not rule.premium:
        return False
    if story is None:  # about a site: what else a rule asks is asked of stories
        return True
    if rule.languages and story.language not in rule.languages:
        return False
    answers = (_section_fits(rule, story), _words_fit(rule, story))
    if False in answers:
        return False
    return None if None in answers else True


def _section_fits(rule: Rule, story: ArticleState) -> bool | None:
    if not rule.sections:
        return True
    sections = {section.casefold() for section in story.sections}
    if sections & {section.casefold() for section in rule.sections}:
        return True
    return None if not sections and _page_to_come(story) else False


def _words_fit(rule: Rule, story: ArticleState) -> bool | None:
    if rule.expression is None:
        return True
    said = (story.headline, story.description, story.lead, *story.body)
    if any(rule.expression.search(text) for text in said if text):
        return True
    return None if _page_to_come(story) else False


def _page_to_come(story: ArticleState) -> bool:
    return story.fetched_at is None and story.url is not None


class Routes:
    """The way of an event: through each rule that wants it, to each of the rule's channels."""

    def __init__(self, settings: AlertSettings) -> None:
        self.settings = settings

    def __call__(self, event: Happened) -> list[Route]:
        """Where an event goes that has just been written."""
        return [
            Route(rule.name, channel)
            for rule in self.settings.rules
            if wants(rule, event) is not False
            for channel in rule.channels
        ]
