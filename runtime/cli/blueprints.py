"""`sartor blueprint …`: list, check, install, upgrade, export, uninstall, diff, pack, import."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sartor.platform.definitions.extensions import Extensions
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.packaging.comparing import shipped_for
from sartor.platform.packaging.exporting import export
from sartor.platform.packaging.files.check import check_folder
from sartor.platform.packaging.installing.bringing import load
from sartor.platform.packaging.installing.drafting import Drafts
from sartor.platform.packaging.installing.install import (
    find_blueprint,
    installed,
    installing,
    require_installed,
    stock_folders,
)
from sartor.platform.packaging.installing.uninstall import DATA, RETIRE, uninstalling
from sartor.platform.packaging.samples.files import RECORDS, SAMPLES
from sartor.platform.packaging.samples.removing import remove_samples
from sartor.platform.packaging.scenarios.asked import run_folder
from sartor.platform.text import ngettext, pick
from sartor.runtime.cli import blueprint_files, testing, upgrades
from sartor.runtime.cli.common import as_json, command, settings, table, write_json
from sartor.runtime.cli.drafting import confirmed, in_set, put_or_publish, require_yes
from sartor.runtime.cli.opening import opened


@click.group()
def blueprint() -> None:
    """Stock and own blueprints: list, check, install, upgrade, export, uninstall; as files: pack, import."""


for each in (blueprint_files.diff, blueprint_files.pack, blueprint_files.import_, upgrades.upgrade):
    blueprint.add_command(each)


@blueprint.command("list")
@as_json
@command
def list_(json: bool) -> None:
    """What is installed, and what can be."""
    with opened() as workspace:
        there = {each.name: each for each in installed(workspace.serving().design.documents)}
    rows = []
    for name in sorted({*there, *stock_folders()}):
        found = there.get(name)
        known = find_blueprint(name).manifest if name in stock_folders() else None
        label = found.label if found else known["label"] if known else name
        version = found.version if found else known["version"] if known else ""
        rows.append({"name": name, "label": pick(label), "version": version, "level": found.level if found else None})
    if json:
        write_json(rows)
    else:
        table(
            ["name", "label", "version", "installed"],
            [[r["name"], r["label"], r["version"], r["level"] or "-"] for r in rows],
        )


@blueprint.command("check")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--scenarios", is_flag=True, help="Run its scenarios, too, in a workspace that is gone afterwards.")
@as_json
@command
def check_(folder: Path, scenarios: bool, json: bool) -> None:
    """Every problem of a blueprint folder: file, place, what is wrong, what was probably meant."""
    beside = [*stock_folders().values(), *(each for each in folder.resolve().parent.iterdir() if each.is_dir())]
    beside = [each for each in beside if each != folder]
    extensions = Extensions.installed(settings().plugins_off).seal()
    problems = check_folder(folder, Kinds(extensions), beside)
    if scenarios and not problems:
        testing.show(run_folder(folder, beside, extensions), json)
    if json:
        write_json([problem.as_dict() for problem in problems])
    for problem in problems if not json else ():
        click.echo(f"{problem.file}{'#' + problem.field if problem.field else ''}: {problem.message}")
    if not json:
        click.echo(ngettext("One problem.", "%(n)s problems.", len(problems)) if problems else "No problem found.")
    raise SystemExit(1 if problems else 0)


@blueprint.command("install")
@click.argument("names", nargs=-1, required=True, metavar="NAME_OR_FOLDER…")
@click.option(
    "--level",
    type=click.Choice(["L1", "L2", "L3"]),
    help="From data (L1) to decisions (L3); without it L1, with samples L3.",
)
@click.option("--sample-data", is_flag=True, help="Fill it with sample records.")
@click.option("--dry-run", is_flag=True, help="Show the plan and stop.")
@in_set
@as_json
@command
def install(names: tuple[str, ...], level: str | None, sample_data: bool, json: bool, **how: Any) -> None:
    """Install blueprints, with those that they require."""
    if sample_data and how["name"]:
        raise click.UsageError("Samples come when it is published: leave out --set or --sample-data.")
    with opened() as workspace:
        wanted = [find_blueprint(name) for name in names]
        draft = installing(Drafts(workspace).present(how["name"]), wanted, level or ("L3" if sample_data else "L1"))
        told = {"blueprints": [each.name for each in draft.shipped]}
        note = "Installed " + ", ".join(told["blueprints"])
        done = put_or_publish(workspace, draft, json, note=note, samples=sample_data, **how)
    if done:
        _done({**done, **told}, json)


@blueprint.command("uninstall")
@click.argument("blueprint", metavar="NAME")
@click.option(
    "--data", type=click.Choice(DATA), default=RETIRE, show_default=True,
    help="Its entities and fields: out of sight, or kept as your own.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show the plan and stop.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@confirmed
@in_set
@as_json
@command
def uninstall(blueprint: str, data: str, yes: bool, json: bool, **how: Any) -> None:
    """Take a blueprint out, after its plan: its pages and rules go; the values of its fields are retired or kept,
    never lost."""
    with opened() as workspace:
        draft = uninstalling(Drafts(workspace).present(how["name"]), workspace.kinds, blueprint, data)
        if not (yes or how["dry_run"] or how["name"] or how["confirm"]):
            require_yes(Drafts(workspace).plan(draft), json)
        done = put_or_publish(workspace, draft, json, note=f"Took out {blueprint}", **how)
    if done:
        _done({**done, "blueprint": blueprint}, json)


@blueprint.command("export")
@click.argument("name")
@click.option(
    "-o", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write to."
)
@as_json
@command
def export_(name: str, folder: Path, json: bool) -> None:
    """Write a blueprint, as it stands in this workspace, into a folder."""
    with opened() as workspace:
        count = export(workspace, name, folder)
    _done({"blueprint": name, "folder": str(folder), "definitions": count}, json)


@blueprint.command("records")
@click.argument("name")
@click.option("--samples", is_flag=True, help="Its demo data instead of its reference records.")
@as_json
@command
def records(name: str, samples: bool, json: bool) -> None:
    """Make what has not come of the records of an installed blueprint."""
    with opened() as workspace:
        require_installed(workspace.serving().design.documents, name)
        what = SAMPLES if samples else RECORDS
        found, unknown = shipped_for(workspace, name, what), set[str]()
        made = load(workspace, found, what, strangers=unknown) if found else 0
    _done({"blueprint": name, "made": made, **({"unknown people": sorted(unknown)} if unknown else {})}, json)


@blueprint.command("remove-samples")
@click.argument("name", required=False)
@as_json
@command
def remove_samples_(name: str | None, json: bool) -> None:
    """Put all sample records into the recycle bin; definitions and your own records stay."""
    with opened() as workspace:
        removed = remove_samples(workspace, name)
    _done({"removed": removed}, json)


def _done(result: dict[str, Any], json: bool) -> None:
    if json:
        write_json(result)
    else:
        click.echo(
            " · ".join(
                f"{name} {', '.join(value) if isinstance(value, list) else value}" for name, value in result.items()
            )
        )
