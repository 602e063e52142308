"""`sartor import`, `import-undo`, `export`: records in and out."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from typing import Any

import click

from sartor.platform.errors import Invalid, Problem
from sartor.platform.records.exporting.exporter import Exporter
from sartor.platform.records.exporting.plan import ExportPlan
from sartor.platform.records.importing import ledger
from sartor.platform.records.importing.check import Checked
from sartor.platform.records.importing.errors import told as reason_told
from sartor.platform.records.importing.errors import write_errors
from sartor.platform.records.importing.plan import ON_MATCH, ImportPlan
from sartor.platform.records.importing.undo import Undo
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, ngettext
from sartor.runtime.cli.common import as_json, as_person, command, write_json
from sartor.runtime.cli.importing import LocalImport, meanings, pairs, progress
from sartor.runtime.cli.opening import acting, opened

SHOWN = 10
"""Refused rows that are said on the screen."""
TOLD = 100
"""Refused rows that are told to a program."""
PURPOSES = click.Choice(["spreadsheet", "transfer"])
A_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("import")
@click.argument("entity")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--map", "maps", multiple=True, metavar='"COLUMN=FIELD"', help="What a column becomes; may be repeated.")
@click.option("--value", "values", multiple=True, metavar='"FIELD:FROM=TO"', help="What a value of the file means.")
@click.option("--key", multiple=True, metavar="FIELD", help="Tells which record a row is about; may be repeated.")
@click.option("--on-match", type=click.Choice(ON_MATCH), default="update", show_default=True, help="If there is one.")
@click.option("--encoding", help="Of a text file, where it is not clear: utf-8, gb18030, big5 …")
@click.option("--delimiter", help="Of a text file, where it is not clear.")
@click.option("--sheet", help="Of a workbook; the first one that holds anything when left out.")
@click.option("--date", "dates", multiple=True, metavar='"COLUMN=FORMAT"', help="How days are written: M/D/Y, D/M/Y …")
@click.option("--for", "purpose", type=PURPOSES, default="spreadsheet", help="transfer: it was exported so.")
@click.option("--dry-run", is_flag=True, help="Try every row, keep none.")
@click.option("--errors", type=A_FILE, help="Write refused rows with their reasons, to be corrected.")
@as_person
@as_json
@command
def import_(entity: str, file: Path, maps: tuple[str, ...], person: str | None, json: bool, **given: Any) -> None:
    """Make records from a CSV or XLSX file, or change those that are there. Undone by: sartor import-undo."""
    with opened() as workspace:
        made = LocalImport(workspace, person, file, _plan(entity, given))
        made.settle(pairs("--map", maps))
        if given["dry_run"]:
            checked = made.check(progress(json))
            write_json(checked.as_dict()) if json else _tell_check(checked)
            sys.exit(1 if checked.counts["fail"] else 0)
        result = made.run(progress(json))
        number, counts = result["import"], result["counts"]
        failed = counts["fail"] + counts.get("incomplete", 0)
        if given["errors"] is not None and failed:
            write_errors(workspace.database, number, made.table, given["errors"])
        noted = (each for each in ledger.entries(workspace.database, number, noted=True) if each.reasons)
        refused = [
            {"row": each.row, "reasons": [reason_told(one) for one in each.reasons]} for each in islice(noted, TOLD)
        ]
    if json:
        write_json({**result, "refused": refused})
    else:
        _tell_import(result, refused, failed)
        if given["errors"] is not None and failed:
            click.echo("  " + _("All of them, with their reasons: %(file)s", file=given["errors"]))
    sys.exit(1 if failed else 0)


def _plan(entity: str, given: dict[str, Any]) -> ImportPlan:
    exact = given["purpose"] == "transfer"
    named = {name: given[name] for name in ("on_match", "encoding", "delimiter", "sheet")}
    dates, values = pairs("--date", given["dates"]), meanings(given["values"])
    plan = {"entity": entity, "key": list(given["key"]), "exact": exact, "migrate": exact, "dates": dates}
    return ImportPlan.from_dict({**plan, **named, "values": values})


def _tell_import(result: dict[str, Any], refused: list[dict[str, Any]], failed: int) -> None:
    click.echo(_("Import %(number)s:", number=result["import"]) + " " + _counted(result["counts"]))
    _tell_refused(refused, failed)
    for warning in result["warnings"]:
        click.echo(f"  {warning}")


def _tell_refused(refused: list[dict[str, Any]], count: int) -> None:
    """The first refused rows. count: of all."""
    for each in refused[:SHOWN]:
        click.echo("  " + _("Row %(row)s: %(reason)s", row=each["row"], reason="; ".join(each["reasons"])))
    if count > SHOWN:
        click.echo("  " + ngettext("… and %(n)s more row", "… and %(n)s more rows", count - SHOWN))


def _counted(counts: dict[str, int]) -> str:
    words = {
        "create": _("%(n)s made", n=counts["create"]),
        "update": _("%(n)s changed", n=counts["update"]),
        "skip": _("%(n)s left as they are", n=counts["skip"]),
        "fail": _("%(n)s refused", n=counts["fail"]),
        "incomplete": _("%(n)s incomplete", n=counts.get("incomplete", 0)),
    }
    return listed(said for name, said in words.items() if counts.get(name)) or _("nothing to do")


def _tell_check(checked: Checked) -> None:
    click.echo(_("Tried, nothing kept:") + " " + _counted(checked.counts))
    for each in checked.misses:
        click.echo(f"  {each.path}:")
        for miss in each.misses:
            near = ", ".join(one.value for one in miss.near)
            click.echo(f"    {miss.value!r} × {miss.count}" + (f" ({near})" if near else ""))
            if miss.near:
                click.echo(f'      --value "{each.path}:{miss.value}={miss.near[0].value}"')
    _tell_refused(checked.refused, checked.counts["fail"] - checked.missed)
    for warning in checked.warnings:
        click.echo(f"  {warning}")


@click.command("import-undo")
@click.argument("number", type=int, metavar="ID")
@as_person
@as_json
@command
def import_undo(number: int, person: str | None, json: bool) -> None:
    """Take an import back. Records that somebody changed since are left as they are, and told."""
    with opened() as workspace:
        found = ledger.get(workspace.database, number)

        def here() -> tuple[Any, Any]:
            context = acting(workspace, person, f"command line: undo of import {number}")
            return workspace.serving(context.model.revision).writer, context

        result = Undo(workspace.database, here, found).run(progress(json))
    if json:
        problems = [problem.message for problem in result.problems]
        write_json({"import": number, "undone": result.undone, "refused": result.refused, "problems": problems})
    else:
        click.echo(ngettext("%(n)s record taken back.", "%(n)s records taken back.", result.undone))
        for problem in result.problems:
            click.echo(f"  {problem.message}")
    sys.exit(1 if result.refused else 0)


@click.command("export")
@click.argument("entity")
@click.option("-o", "target", type=A_FILE, help="A CSV or XLSX file; else CSV to standard output.")
@click.option("--filter", "condition", help="A condition in the expression language.")
@click.option("--sort", help="Fields, with a minus sign to turn the order.")
@click.option("--fields", "paths", help="Fields and paths: name,account.name")
@click.option("--for", "purpose", type=PURPOSES, default="spreadsheet", help="transfer: exact, for another workspace.")
@as_person
@as_json
@command
def export(entity: str, target: Path | None, person: str | None, json: bool, **asked: Any) -> None:
    """Write records of an entity into a file: for people (nothing in it is calculated), or exact, for transfer."""
    kind = "xlsx" if target is not None and target.suffix.lower() == ".xlsx" else "csv"
    if json and target is None:
        said = _("With --json the file needs a name: -o FILE.")
        raise Invalid(said, [Problem("-o", "required", said)])
    with opened() as workspace:
        context = acting(workspace, person, "command line: export")
        serving = workspace.serving(context.model.revision)
        plan = ExportPlan.from_dict({"entity": entity, "format": kind, **asked})
        exporter = Exporter(workspace.database, serving.reader, serving.names.of(context), context, plan)
        if target is None:
            exporter.to_stream(sys.stdout.buffer)
            return
        written = exporter.to_path(target, progress(json))
    if json:
        write_json({"file": str(target), **written.as_dict()})
    else:
        click.echo(ngettext("%(n)s record in %(file)s", "%(n)s records in %(file)s", written.rows, file=target))
