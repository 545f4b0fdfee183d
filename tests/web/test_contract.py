"""The API answers as its own description says, whatever it is asked."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.web.visiting import ask

OPERATIONS = [
    ("get", "/articles"), ("get", "/articles/{id}"), ("get", "/search"), ("get", "/events"),
    ("post", "/events/seen"), ("get", "/runs"), ("get", "/runs/{id}"), ("get", "/sites"),
]  # fmt: skip


@pytest.fixture(scope="module")
def described(site: str) -> Any:
    return schemathesis.openapi.from_url(f"{site}/api/v1/openapi.json")


@pytest.mark.parametrize(
    "mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value
)
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_the_api_does_what_it_says(described: Any, method: str, path: str, mode: GenerationMode) -> None:
    """No server error, only described statuses, types and fields; what breaks the description is refused."""
    if path == "/sites" and mode is GenerationMode.NEGATIVE:
        return  # it takes nothing that could be wrong

    @settings(
        max_examples=15, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=described[f"/api/v1{path}"][method].as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        # What a moment, a cursor or a search may be, a schema cannot say.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    check()


def test_the_description_has_examples_and_names_every_filter(site: str) -> None:
    said = ask(f"{site}/api/v1/openapi.json").json()
    assert set(said["paths"]) == {
        f"/api/v1/{path}"
        for path in (
            "articles",
            "articles/{id}",
            "search",
            "events",
            "events/seen",
            "runs",
            "runs/{id}",
            "sites",
        )
    }
    words = {each["name"]: each for each in said["paths"]["/api/v1/events"]["get"]["parameters"]}
    assert words["kind"]["example"] == ["new_premium"]
    assert "site_blocked" in words["kind"]["schema"]["items"]["enum"]
    assert {"mark", "cursor", "since"} - set(words) == {"since"}
    assert "application/problem+json" in said["paths"]["/api/v1/events"]["get"]["responses"]["422"]["content"]
