"""`sartor rate …`: what currencies are worth."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation

import click

from sartor.platform.errors import Invalid, Problem
from sartor.platform.fields.currencies import known_currency
from sartor.platform.storage.rates import listed, set_rate
from sartor.platform.text import gettext as _
from sartor.runtime.cli.common import as_json, command, table, write_json
from sartor.runtime.cli.opening import opened


@click.group()
def rate() -> None:
    """Dated rates of currencies, in the workspace's own."""


@rate.command("set")
@click.argument("currency")
@click.argument("worth")
@click.option(
    "--from", "day", type=click.DateTime(["%Y-%m-%d"]), help="First day on which it holds; today when left out."
)
@as_json
@command
def set_(currency: str, worth: str, day: datetime | None, json: bool) -> None:
    """Say what one unit of CURRENCY is worth from a day on."""
    with opened() as workspace:
        today = workspace.system("command line: rate").env().today
        first = day.date() if day else today
        code = known_currency(currency) or currency
        number = _number(worth)
        workspace.database.run(lambda work: set_rate(work, workspace.database.dialect, code, first, number))
    if json:
        write_json({"currency": code, "from": first.isoformat(), "rate": str(number)})
    else:
        click.echo(f"1 {code} = {number} from {first.isoformat()}")


@rate.command("list")
@as_json
@command
def list_(json: bool) -> None:
    """Every rate that was ever said."""
    with opened() as workspace:
        rows = [
            [code, day.isoformat(), str(worth)]
            for code, day, worth in listed(workspace.rates.current(workspace.stamp().number))
        ]
    if json:
        write_json([dict(zip(("currency", "from", "rate"), row, strict=True)) for row in rows])
    else:
        table(["currency", "from", "rate"], rows)


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        said = _("%(value)s is not a number.", value=text)
        raise Invalid(said, [Problem("rate", "type", said)]) from None
