"""Forms that a page sends: read, and told from those of other pages."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from newscrawler.web.context import web_of

FORM = "application/x-www-form-urlencoded"


async def read_form(request: Request) -> list[tuple[str, str]]:
    """The fields of a form of ours, in order. Raises HTTPException for what is none, or not ours."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise HTTPException(415, f"Expected a form ({FORM}).")
    try:
        fields = parse_qsl((await request.body()).decode("ascii", "replace"), max_num_fields=1000)
    except ValueError:
        raise HTTPException(422, "The form has too many fields.") from None
    given = dict(fields).get("form_token", "")
    if not web_of(request).access.is_form_token(given, request.state.session):
        raise HTTPException(
            403, "This page is older than the server, or not from it: go back and load it again."
        )
    return [(name, value) for name, value in fields if name != "form_token"]
