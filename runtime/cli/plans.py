"""Plans on the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any

import click

from sartor.platform.publishing.plan import Plan
from sartor.platform.publishing.values.losses import MOST, conversion_of, losses
from sartor.platform.records.files.writing import csv_head, csv_line
from sartor.platform.storage.engine import Database
from sartor.platform.text import gettext as _
from sartor.platform.ui.format import number
from sartor.runtime.cli.common import write_json

COLOURS = {"safe": "green", "slow": "yellow", "lossy": "red"}
LOST = ("record", "value", "result", "reason")


def asks_losses(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a command that shows a plan: the values that it loses, in place of its steps."""
    where = click.File("wb", lazy=True)
    target = click.option("-o", "target", type=where, default="-", help="A CSV file for these; else standard output.")
    subject = click.option("--losses", metavar="FIELD", help="List all values of entity/NAME#FIELD that would be lost.")
    return subject(target(function))


def show_plan(plan: Plan, json: bool) -> None:
    """What publishing would do: a line for each step, then what stands against it."""
    if json:
        write_json(plan.as_dict())
        return
    if plan.is_empty:
        click.echo("Nothing would change.")
        return
    for step in plan.as_dict()["steps"]:
        _show_step(step)
    for problem in plan.obstacles:
        click.secho(f"stands against it: {problem.field}: {problem.message}", fg="red")
    for note in plan.notes:
        click.echo(f"note: {note}")
    click.echo(f"plan {plan.fingerprint}")


def _show_step(step: dict[str, Any]) -> None:
    grade = str(step.get("grade", ""))
    rows = f" ({step['rows']} rows)" if step.get("rows") else ""
    click.echo(click.style(grade.ljust(6), fg=COLOURS.get(grade)) + f" {step['text']}{rows}")


def show_losses(database: Database, plan: Plan, subject: str, target: IO[bytes], json: bool) -> None:
    """Every value of a field that a plan does not bring over as it is, as they are found."""
    conversion, count = conversion_of(plan, subject), 0
    with database.read() as connection:
        found = (each.as_dict() for each in losses(connection, conversion))
        if json:
            rows = list(found)
            write_json({"data": rows, "cut": len(rows) == MOST})
            return
        target.write(csv_head(LOST, "spreadsheet"))
        for each in found:
            target.write(csv_line([each[name] for name in LOST], "spreadsheet"))
            count += 1
    if count == MOST:
        click.echo(_("Only the first %(n)s are listed.", n=number(MOST)), err=True)
