"""What all commands share: the settings, answers for people or programs, exit codes.

0 done · 1 refused, with the reason · 2 wrong usage · 130 stopped by whoever called it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click
import orjson

from sartor.platform.errors import SartorError
from sartor.platform.settings import Settings
from sartor.platform.text import gettext as _
from sartor.platform.text import use_language
from sartor.runtime.errors import problem_document

as_json = click.option("--json", "json", is_flag=True, help="Answer in JSON, for programs.")
as_person = click.option("--as", "person", metavar="EMAIL", help="Act as this person; otherwise as the system.")


STOPPED = 130
"""What shells expect of a command that was interrupted."""


class Interrupted(SartorError):
    """Whoever called the command stopped it; says what stays and how to go on."""

    code = "interrupted"


def settings() -> Settings:
    """The settings of the environment, complete with the workspace's secret."""
    found = Settings.from_environment()
    use_language(found.language)
    found.data.mkdir(parents=True, exist_ok=True)
    return found.with_secret_key()


def command(function: Callable[..., Any]) -> Callable[..., Any]:
    """Turn refusals into exit code 1 and interruptions into 130, every problem on a line of its own (or as JSON)."""

    @wraps(function)
    def run(*args: Any, **options: Any) -> Any:
        try:
            return function(*args, **options)
        except KeyboardInterrupt:
            error: SartorError = Interrupted(_("Stopped."))
        except SartorError as refused:
            error = refused
        if options.get("json"):
            write_json(problem_document(error))
        else:
            told(error)
        sys.exit(STOPPED if isinstance(error, Interrupted) else 1)

    return run


def told(error: SartorError) -> None:
    """An error for people, on standard error."""
    click.secho(error.message, fg="red", err=True)
    for problem in error.problems:
        place = " ".join(part for part in (problem.file, problem.field) if part)
        if problem.message != error.message or place:
            click.echo(f"  {place}: {problem.message}" if place else f"  {problem.message}", err=True)


def write_json(answer: Any) -> None:
    click.echo(orjson.dumps(answer, default=str, option=orjson.OPT_INDENT_2).decode())


def table(heads: list[str], rows: list[list[Any]]) -> None:
    """Rows in columns, for people."""
    texts = [[str("" if cell is None else cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(heads, *texts, strict=True)]
    for row in (heads, *texts):
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
