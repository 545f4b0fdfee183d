"""`newscrawler serve`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from newscrawler.cli.output import open_database
from newscrawler.config import load_config
from newscrawler.exceptions import UsageError
from newscrawler.web_settings import WebSettings


@click.command()
@click.option(
    "--host", help="The address to listen at; any but a loopback one demands a token.  [default: 127.0.0.1]"
)
@click.option("--port", type=click.IntRange(0, 65535), help="0: any free one.  [default: 8080]")
@click.option(
    "--token-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file whose first line is the token. NEWSCRAWLER_WEB__TOKEN is another way to give it.",
)
@click.option("--log-requests", is_flag=True, help="Write each request to standard error.")
def serve(host: str | None, port: int | None, token_file: Path | None, log_requests: bool) -> None:
    """Show the database in a browser, as feeds and as an HTTP API, until Ctrl-C."""
    try:
        from newscrawler.web import access, app, context, server
    except ModuleNotFoundError as exc:
        if exc.name is None or exc.name.partition(".")[0] not in ("fastapi", "starlette", "uvicorn"):
            raise
        raise UsageError("newscrawler serve needs the extra [web]: pip install 'newscrawler[web]'") from None
    config = load_config()
    settings = _settings(config.web, host, port, token_file)
    token = access.find_token(settings)
    web = context.Web(
        open_database(), access.Access(token), config.watch.log_folder, clock=lambda: datetime.now(UTC)
    )
    opened = server.listen(settings.host, settings.port)
    print(server.address_of(opened), flush=True)
    print(
        f"database {web.database.name}; {'the token is asked for' if token else 'for this machine only'}. "
        "Ctrl-C ends it.",
        file=sys.stderr,
    )
    guarded = app.create_app(web, host=settings.host, host_names=settings.host_names)
    server.serve(guarded, opened, log_requests=log_requests)


def _settings(
    settings: WebSettings, host: str | None, port: int | None, token_file: Path | None
) -> WebSettings:
    """The settings, with what the command line says instead."""
    said: dict[str, str | int | Path | None] = {"host": host, "port": port, "token_file": token_file}
    changed: dict[str, str | int | Path | None] = {
        name: value for name, value in said.items() if value is not None
    }
    if token_file is not None:
        changed["token"] = None
    return settings.model_copy(update=changed)
