"""What a person does, in a real browser. Whatever the page's policy blocks, and every error, fails a test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it has no types
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from tests.web.conftest import TOKEN
from tests.web.content import ENDLESS

WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 390, "height": 800}
VIEWS = (
    "/events",
    "/events?text=%28",
    "/premium",
    "/articles?text=minsk",
    "/articles/2?from=1&to=2",
    "/sites",
    "/runs",
    "/runs/2",
    "/zone",
    "/nothing",
)


def _complains(said: ConsoleMessage) -> bool:
    """A page that is itself an error says so on the console: that is no complaint."""
    return said.type == "error" and "Failed to load" not in said.text


def new_page(context: BrowserContext) -> Page:
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if _complains(said) else None)
    page.complaints = complaints  # type: ignore[attr-defined]
    return page


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport=WIDE, timezone_id="Europe/Minsk", locale="en-GB")  # type: ignore[arg-type]
    opened.set_default_timeout(20_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    opened = new_page(context)
    yield opened
    assert opened.complaints == []  # type: ignore[attr-defined]


def headlines(page: Page) -> Locator:
    """Compared with `expect`, which waits: after a click the page before may still stand there, or none."""
    return page.locator("main .headline")


def test_filters_live_in_the_address(page: Page, site: str) -> None:
    page.goto(f"{site}/")
    expect(page).to_have_url(f"{site}/events?baseline=false")
    page.get_by_role("link", name="Premium", exact=True).nth(1).click()
    expect(page.get_by_role("navigation", name="Kinds of events").locator("[aria-current]")).to_have_text(
        "Premium"
    )
    expect(headlines(page)).to_have_text(["An entry without an address", "Butter exports double"])
    page.get_by_label("Says").fill("butter")
    page.get_by_label("Since").select_option("2d")
    page.get_by_role("button", name="Filter").click()
    expect(headlines(page)).to_have_text(["Butter exports double"])
    assert set(page.url.partition("?")[2].split("&")) >= {
        "text=butter",
        "since=2d",
        "baseline=false",
        "kind=new_premium",
    }
    page.get_by_role("link", name="since: 2d").click()
    expect(page).not_to_have_url(re.compile("since"))
    page.go_back()
    expect(page.get_by_label("Since")).to_have_value("2d")


def test_search_from_any_page(page: Page, site: str) -> None:
    page.goto(f"{site}/runs")
    page.keyboard.press("/")
    page.keyboard.type("LATUSKA")
    page.keyboard.press("Enter")
    expect(page.locator("mark")).to_have_text("Łatuška")
    page.get_by_role("search").get_by_role("searchbox").fill("minsk AND (")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("search 'minsk AND ('")


def test_a_difference_can_be_read(page: Page, site: str) -> None:
    page.goto(f"{site}/articles?text=bridge")
    page.get_by_role("link", name="Council meets again").click()
    timeline = page.get_by_role("region", name="Timeline")
    expect(timeline.locator("ins").first).to_have_text(re.compile("again"))
    page.get_by_role("button", name="Compare").click()
    difference = page.get_by_role("region", name="From version 1 to 2")
    expect(difference.locator("del").last).to_have_text(re.compile("Friday"))
    expect(difference.locator("ins").last).to_have_text(re.compile("Saturday"))


def test_hostile_text_does_nothing(page: Page, site: str) -> None:
    page.goto(f"{site}/events?baseline=false")
    assert page.title() == "What is new – newscrawler"
    expect(page.get_by_role("link", name="<script>document")).to_be_visible()
    assert page.locator("main img").count() == 0
    turned = page.locator("main a", has_text="Minister denies")
    expect(turned).to_have_text(re.compile("Minister denies �everything� about it"))
    for width in (WIDE, NARROW):
        page.set_viewport_size(width)  # type: ignore[arg-type]
        for path in ("/events?baseline=false", "/articles", "/runs/3", "/sites", "/premium"):
            page.goto(site + path)
            wider = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wider == 0, f"{path} is {wider} pixels too wide"
    page.goto(f"{site}/articles?text={ENDLESS[:60]}*")
    assert page.locator(".line").bounding_box()["height"] < 400  # type: ignore[index]


def test_a_page_whose_headline_never_ends(page: Page, site: str) -> None:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.goto(f"{site}/articles")
    page.locator(".line a", has_text="Endlessheadline").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ENDLESS)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_everything_by_keyboard(page: Page, site: str) -> None:
    page.goto(f"{site}/events?baseline=false")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    links = page.locator("[data-line-link]")
    for key, number in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(links.nth(number)).to_be_focused()
    button = page.locator("[data-line] .mark button").nth(1)
    page.keyboard.press("s")
    expect(button).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.get_by_label("Use single-key shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("j")
    expect(links.first).not_to_be_focused()


def test_times_are_those_of_the_browser(page: Page, site: str) -> None:
    page.goto(f"{site}/events?kind=new_premium&baseline=false")
    expect(page.get_by_role("contentinfo")).to_contain_text("Times in Europe/Minsk")
    expect(page.locator("time").first).to_have_text("18:00")


def test_news_announces_itself(page: Page, site: str) -> None:
    page.clock.install()
    page.goto(f"{site}/events?baseline=false&kind=new_premium")
    notice = page.get_by_role("status")
    expect(notice).to_be_hidden()
    page.evaluate("document.querySelector('.fresh').dataset.newest = '1'")
    with page.expect_response(re.compile("/api/v1/events")):
        page.clock.fast_forward(61_000)
    expect(notice).to_contain_text("There is news")


def test_without_a_script_everything_works(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/events?baseline=false&kind=new_premium")
    page.locator(".mark button").first.click()
    expect(page.locator(".mark button").first).to_have_text(re.compile("Seen"))
    expect(page).to_have_url(
        re.compile(re.escape(f"{site}/events?baseline=false&kind=new_premium#event-") + r"\d+")
    )
    page.locator(".mark button").first.click()
    expect(page.locator(".mark button").first).to_have_text(re.compile("Mark seen"))
    expect(page.get_by_role("button", name="Keyboard shortcuts")).to_be_hidden()
    context.close()


def test_logging_in(page: Page, locked: str) -> None:
    page.goto(f"{locked}/events?kind=new_premium")
    page.get_by_label("Token").fill("something-else-entirely")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_have_text("That is not the token.")
    page.get_by_label("Token").fill(TOKEN)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{locked}/events?kind=new_premium")
    expect(headlines(page).get_by_text("Butter exports double")).to_be_visible()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()
    page.goto(f"{locked}/runs")
    expect(page).to_have_url(re.compile("/login"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_in_the_way(browser: Browser, site: str, locked: str, scheme: Any) -> None:
    """axe finds nothing serious on any view; the wide light ones and the narrow dark ones."""
    size: Any = WIDE if scheme == "light" else NARROW
    context = browser.new_context(viewport=size, color_scheme=scheme, timezone_id="UTC")
    page = context.new_page()
    found = []
    for address in (*(site + path for path in VIEWS), f"{locked}/login"):
        page.goto(address)
        for result in Axe().run(page).response["violations"]:
            if result["impact"] in ("serious", "critical"):
                found += [
                    f"{address}: {result['id']}: {node['html'][:200]} {node['failureSummary']}"
                    for node in result["nodes"][:2]
                ]
    context.close()
    assert not found, "\n".join(found)
