"""`sartor app from-file`: an application from spreadsheets, proposed with reasons, planned, published with its data."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from sartor.platform.errors import Invalid
from sartor.platform.packaging.sheets.adjusting import faults
from sartor.platform.packaging.sheets.boards import stage_of, way
from sartor.platform.packaging.sheets.documents import documents
from sartor.platform.packaging.sheets.filling import begin
from sartor.platform.packaging.sheets.keeping import Desk
from sartor.platform.packaging.sheets.overview import about, all_cards
from sartor.platform.packaging.sheets.proposal import Column, Proposal
from sartor.platform.packaging.sheets.wording import said
from sartor.platform.publishing.applying import Publication
from sartor.platform.text import pick
from sartor.platform.workspace import Workspace
from sartor.runtime.cli.common import as_json, as_person, command, write_json
from sartor.runtime.cli.importing import progress, result_of
from sartor.runtime.cli.opening import acting, opened
from sartor.runtime.cli.plans import show_plan
from sartor.runtime.handlers import jobs_of

WHY = "command line: application from files"


@click.group()
def app() -> None:
    """Applications: from-file."""


@app.command("from-file")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Publish what is proposed, and bring the data in.")
@as_person
@as_json
@command
def from_file(files: tuple[Path, ...], yes: bool, person: str | None, json: bool) -> None:
    """Propose an application for XLSX and CSV files: entities, fields, lookups, keys, each with its reason; show the
    plan; with --yes publish it with the data."""
    with opened() as workspace:
        proposal = _proposed(workspace, files, person)
        merged = {**workspace.serving().design.documents, **documents(proposal, role=True)}
        plan = workspace.publisher.plan_documents(merged)
        if not yes:
            _show(proposal, plan, json)
            return
        told = _publish(workspace, proposal, merged, person, json)
    write_json(told) if json else click.echo(" · ".join(f"{name} {value}" for name, value in told.items()))


def _proposed(workspace: Workspace, files: tuple[Path, ...], person: str | None) -> Proposal:
    """:raises Invalid: for files that cannot be read, and for what has to be settled in the builder first."""
    desk = Desk(workspace, acting(workspace, person, WHY))
    with ExitStack() as stack:
        sent = [(stack.enter_context(each.open("rb")), each.name) for each in files]
        proposal = desk.bring(sent, workspace.serving().design.documents)
    if told := faults(proposal):
        raise Invalid(" ".join(told))
    return proposal


def _show(proposal: Proposal, plan: Any, json: bool) -> None:
    if json:
        write_json({"app": proposal.name, "tables": [_table(each) for each in proposal.taken], "plan": plan.as_dict()})
        return
    for sheet in proposal.taken:
        click.echo(f"{pick(sheet.label)} ({sheet.entity}): {sheet.rows} rows of {sheet.name}")
        for column in sheet.taken:
            click.echo(f"  {column.column}: {_said(column)}")
        if stage := stage_of(sheet):
            click.echo(f"  board: {' | '.join(way(stage))}")
    if told := about(proposal):
        click.echo(f"dashboard: {'; '.join(pick(each.report['label']) for each in all_cards(proposal, told))}")
    show_plan(plan, json)
    click.echo("Nothing was made; --yes publishes it with the data.")


def _table(sheet: Any) -> dict[str, Any]:
    columns = [
        {"column": each.column, "field": each.field, "type": each.type, "why": _why(each)} for each in sheet.taken
    ]
    stage = stage_of(sheet)
    board = {"field": stage.field, "stages": list(way(stage))} if stage else None
    told = {"entity": sheet.entity, "file": sheet.name, "sheet": sheet.sheet, "rows": sheet.rows, "columns": columns}
    return {**told, "board": board}


def _said(column: Column) -> str:
    marks = [word for word, holds in (("required", column.required), ("unique", column.unique)) if holds]
    return f"{', '.join([column.type, *marks])} ({'; '.join(_why(column))})"


def _why(column: Column) -> list[str]:
    return [said(each) for each in column.reasons]


def _publish(
    workspace: Workspace, proposal: Proposal, merged: dict[str, Any], person: str | None, json: bool
) -> dict[str, Any]:
    """Publish the definitions and write the imports down in one transaction, then do them at once."""
    context, begun = acting(workspace, person, WHY), list[int]()
    told = {"language": context.language, "zone": context.zone}
    plan = workspace.publisher.plan_documents(merged)
    note = f"Made from spreadsheets: {pick(proposal.label)}"
    publication = Publication(
        note, context.actor.id, plan.fingerprint,
        also=lambda work: begun.append(
            begin(workspace.database, work, proposal, context.actor.id, told)
        ),
    )  # fmt: skip
    revision = workspace.publisher.apply(plan, publication)
    jobs = jobs_of(workspace)
    jobs.run(begun[0], "command line", progress(json))
    counts = [each["counts"] for each in result_of(jobs.get(begun[0]))["imports"]]
    made, refused = (sum(int(each.get(name, 0)) for each in counts) for name in ("create", "fail"))
    return {"revision": revision, "app": proposal.name, "records": made, "refused": refused}
