"""`newscrawler alerts`: the rules, what they would send, what is on its way, and the sending."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import uuid4

import click
from rich.text import Text

from newscrawler.alerts.channels import open_channels
from newscrawler.alerts.dispatcher import Dispatcher
from newscrawler.alerts.message import Message, event_json
from newscrawler.alerts.pacing import reader_zone
from newscrawler.alerts.rehearsal import rehearse
from newscrawler.alerts.settings import AlertSettings, Rule
from newscrawler.alerts.wording import Words
from newscrawler.cli.output import (
    TABLE_LIMIT,
    Column,
    json_line,
    local_time,
    open_database,
    output_options,
    print_json,
    print_table,
    row_limit,
)
from newscrawler.config import load_config
from newscrawler.exceptions import AlertError, UsageError
from newscrawler.printable import printable
from newscrawler.queries import AlertQuery, parse_moment
from newscrawler.setting_types import shown_hours
from newscrawler.storage.alert_list import (
    count_alerts,
    drop_alerts,
    find_alerts,
    past_events,
    retry_alerts,
)
from newscrawler.storage.alert_records import STATUSES, ListedAlert

F = TypeVar("F", bound=Callable[..., Any])
_RULE_COLUMNS: list[Column] = [("rule", {}), ("tells", {"ratio": 1}), ("how", {}), ("to", {})]
_LIST_COLUMNS: list[Column] = [
    ("id", {"justify": "right"}),
    ("queued", {"no_wrap": True}),
    ("status", {"no_wrap": True}),
    ("rule", {}),
    ("channel", {}),
    ("kind", {"no_wrap": True}),
    ("headline", {"ratio": 2}),
    ("note", {"ratio": 1}),
]


@click.group()
def alerts() -> None:
    """Tell people of events, by the rules of newscrawler.toml."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(message)s")
    logging.getLogger("newscrawler").setLevel(logging.INFO)


@alerts.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
def rules(as_json: bool) -> None:
    """Show the rules, and check that their templates and channels can be used."""
    settings = load_config().alerts
    for rule in settings.rules:
        Words(rule, reader_zone(settings, rule))
    if as_json:
        for rule in settings.rules:
            print(json_line(rule.model_dump(mode="json")))
    else:
        print_table(_RULE_COLUMNS, [_rule_row(rule) for rule in settings.rules], empty="no rules")
    for channel in open_channels(settings).values():
        channel.close()


@alerts.command("try")
@click.argument("rule_name", metavar="RULE")
@click.option("--since", default="7d", show_default=True, help="2d, 36h, yesterday, 2026-11-23, …")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per message, as a webhook gets it.")
def try_(rule_name: str, since: str, as_json: bool) -> None:
    """Show what RULE would have sent, without sending."""
    settings = load_config().alerts
    rule = _rule(settings, rule_name)
    words = Words(rule, reader_zone(settings, rule))
    moment = parse_moment(since, now=datetime.now().astimezone())
    sent = rehearse(settings, rule, past_events(open_database(), moment, rule.name))
    for each in sent:
        said = words(each.message.form, each.message.alerts)
        if as_json:
            told = tuple(event_json(alert, neutral=rule.style == "neutral") for alert in each.message.alerts)
            message = Message("", each.message.form, rule.name, each.at, said.subject, said.text, told)
            print(json_line(message.to_json()))
        else:
            print(f"{local_time(each.at)}  {printable(said.subject)}")
            print("".join(f"    {printable(line)}\n" for line in said.text.splitlines()))
    events = sum(len(each.message.alerts) for each in sent)
    print(f"{len(sent)} messages about {events} events; nothing was sent", file=sys.stderr)


def _chosen(command: F) -> F:
    """`--rule`, `--channel`."""
    command = click.option("--rule", help="Only of this rule.")(command)
    return click.option("--channel", help="Only to this channel.")(command)


@alerts.command("list")
@click.option(
    "--status", "statuses", multiple=True, type=click.Choice(STATUSES), help="Only these; may be repeated."
)
@_chosen
@click.option("--since", help="Queued since: 2d, 36h, yesterday, 2026-11-23, …")
@output_options
def list_(
    statuses: tuple[str, ...],
    rule: str | None,
    channel: str | None,
    since: str | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """List alerts, newest first."""
    query = AlertQuery(
        statuses=statuses,
        rule=rule,
        channel=channel,
        since=parse_moment(since, now=datetime.now().astimezone()) if since else None,
        limit=row_limit(limit, as_json=as_json),
    )
    found = find_alerts(open_database(), query)
    if as_json:
        print_json(found)
    else:
        rows = [_list_row(alert) for alert in found]
        at_most = TABLE_LIMIT if limit is None else None
        print_table(_LIST_COLUMNS, rows, empty="no such alerts", at_most=at_most)


@alerts.command()
@click.argument("ids", nargs=-1, type=int)
@click.option("--all", "everything", is_flag=True, help="All that were given up.")
@_chosen
def retry(ids: tuple[int, ...], everything: bool, rule: str | None, channel: str | None) -> None:
    """Have alerts tried again at once: those of IDS, or those given up of a rule or channel."""
    query = _handled(ids, everything, rule, channel, statuses=("dead",))
    number = retry_alerts(open_database(), query, now=datetime.now(UTC))
    print(f"{number} alerts are due again")


@alerts.command()
@click.argument("ids", nargs=-1, type=int)
@click.option("--all", "everything", is_flag=True, help="All that wait or were given up.")
@_chosen
def drop(ids: tuple[int, ...], everything: bool, rule: str | None, channel: str | None) -> None:
    """Have alerts never sent: those of IDS, or all that wait or were given up of a rule or channel."""
    query = _handled(ids, everything, rule, channel, statuses=("pending", "dead"))
    number = drop_alerts(open_database(), query, now=datetime.now(UTC))
    print(f"{number} alerts dropped")


def _handled(
    ids: tuple[int, ...], everything: bool, rule: str | None, channel: str | None, statuses: tuple[str, ...]
) -> AlertQuery:
    if not (ids or everything or rule or channel):
        raise UsageError("say which: their numbers (newscrawler alerts list), --rule, --channel or --all")
    return AlertQuery(ids=ids, statuses=() if ids else statuses, rule=rule, channel=channel)


@alerts.command()
@click.argument("channel")
def test(channel: str) -> None:
    """Send a test message to CHANNEL, at once. Exit code 1: it was not accepted."""
    settings = load_config().alerts
    if channel not in settings.channels:
        known = ", ".join(sorted(settings.channels)) or "none"
        raise UsageError(f"no channel {channel!r}: expected one of [alerts.channels]: {known}")
    only = settings.model_copy(update={"channels": {channel: settings.channels[channel]}})
    way = open_channels(only)[channel]
    text = "This is a test. Who reads it will be told of events."
    try:
        way.send(Message(uuid4().hex, "test", None, datetime.now(UTC), "Test", text, ()))
    except AlertError as exc:
        raise AlertError(f"{channel}: {exc}") from None
    finally:
        way.close()
    print(f"{channel}: delivered")


@alerts.command()
@click.option("--follow", is_flag=True, help="Go on until stopped, and send what is queued meanwhile.")
@click.pass_context
def send(ctx: click.Context, follow: bool) -> None:
    """Send what is due. Exit code 1: an attempt failed; it is tried again the next time."""
    settings = load_config().alerts
    channels = open_channels(settings)
    database = open_database()
    dispatcher = Dispatcher(database, settings, channels)
    try:
        if follow:
            stop = threading.Event()
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stop.set())
            print(f"{len(settings.rules)} rules, {len(channels)} channels; Ctrl-C ends it", file=sys.stderr)
            dispatcher.run(stop)
            return
        counts = dispatcher.run_once()
    finally:
        for channel in channels.values():
            channel.close()
    left = count_alerts(database)
    print(
        f"{counts['delivered']} messages delivered, {counts['failed']} attempts failed; "
        f"{left.get('pending', 0)} alerts wait, {left.get('dead', 0)} were given up"
    )
    if counts["failed"]:
        ctx.exit(1)


def _rule(settings: AlertSettings, name: str) -> Rule:
    rule = settings.rule(name)
    if rule is None:
        known = ", ".join(rule.name for rule in settings.rules) or "none"
        raise UsageError(f"no rule {name!r}: expected one of [[alerts.rules]]: {known}")
    return rule


def _rule_row(rule: Rule) -> list[Text | str]:
    wanted = [" ".join(rule.kinds)]
    wanted += [
        f"{key}: {', '.join(values)}"
        for key, values in (
            ("sites", rule.sites), ("languages", rule.languages), ("sections", rule.sections),
            ("words", rule.words), ("patterns", rule.patterns),
        )
        if values
    ]  # fmt: skip
    wanted += ["premium only" if rule.premium else "free only"] if rule.premium is not None else []
    how = ["one by one" if rule.digest_minutes is None else f"every {rule.digest_minutes:g} min"]
    how += [f"at most {rule.max_per_hour} an hour"] if rule.max_per_hour is not None else []
    if rule.quiet_hours is not None:
        how.append(f"quiet {shown_hours(rule.quiet_hours)}")
    how += [rule.style] if rule.style != "plain" else []
    how += ["each language"] if rule.translations == "each" else []
    return [rule.name, "; ".join(wanted), ", ".join(how), ", ".join(rule.channels)]


def _list_row(alert: ListedAlert) -> list[Text | str]:
    note = alert.error or ""
    if alert.status == "pending" and alert.due_at is not None:
        note = f"{note}; due {local_time(alert.due_at)}".removeprefix("; ")
    elif alert.status == "delivered":
        note = local_time(alert.delivered_at)
    elif alert.status == "linked":
        note = f"told by {alert.linked_to}"
    return [
        str(alert.id),
        local_time(alert.queued_at),
        Text(alert.status, style={"dead": "bold red", "pending": "yellow"}.get(alert.status, "dim")),
        alert.rule,
        alert.channel,
        alert.kind,
        Text(alert.headline or alert.url or alert.site),
        Text(note, style="dim"),
    ]
