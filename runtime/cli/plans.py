"""Plans on the command line."""

from __future__ import annotations

from typing import Any

import click

from sartor.platform.publishing.plan import Plan
from sartor.runtime.cli.common import write_json

COLOURS = {"safe": "green", "slow": "yellow", "lossy": "red"}


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
