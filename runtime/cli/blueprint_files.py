"""`sartor blueprint diff|pack|import`: what was changed of a blueprint, and blueprints as files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from sartor.platform.errors import NotFound
from sartor.platform.packaging.comparing import as_shipped, customised
from sartor.platform.packaging.exporting import exported
from sartor.platform.packaging.files.archive import packed, unpacked, write_file
from sartor.platform.packaging.files.shape import TABLES
from sartor.platform.packaging.installing.choices import CHOICES
from sartor.platform.packaging.installing.importing import Importing
from sartor.platform.packaging.records.tables import Wanted
from sartor.platform.packaging.selected import selected_blueprint
from sartor.platform.publishing.change_sets.deciding import Choice
from sartor.platform.publishing.diff import ABSENT, Difference
from sartor.platform.text import gettext as _
from sartor.runtime.cli.common import as_json, command, write_json
from sartor.runtime.cli.drafting import confirmed, in_set, put_or_publish
from sartor.runtime.cli.importing import pairs
from sartor.runtime.cli.opening import opened


@click.command("diff")
@click.argument("name")
@as_json
@command
def diff(name: str, json: bool) -> None:
    """What this workspace changed of what a blueprint brought: as shipped, and as it is now."""
    with opened() as workspace:
        shipped = as_shipped(workspace, name)
        if shipped is None:
            raise NotFound(_("What %(name)s brought is not known any more.", name=name))
        found = customised(shipped, workspace.serving().design.documents, name)
    if json:
        write_json([_told(each) for each in found])
        return
    for each in found:
        click.echo(f"{each.key}{'#' + each.pointer if each.pointer else ''}: {each.before} -> {each.after}")
    if not found:
        click.echo(_("As it was shipped."))


def _told(difference: Difference) -> dict[str, Any]:
    sides = {"shipped": difference.before, "now": difference.after}
    given = {side: each for side, each in sides.items() if each is not ABSENT}
    return {"key": difference.key, "path": difference.pointer, **given}


@click.command("pack")
@click.argument("keys", nargs=-1, metavar="[KIND/NAME]…")
@click.option("--name", required=True, help="Of the blueprint; an installed one is packed as it stands.")
@click.option("--version", default="1.0.0", show_default=True, help="MAJOR.MINOR.PATCH.")
@click.option("--label", help="What people call it; its name unless said otherwise.")
@click.option("--records", multiple=True, metavar="ENTITY[:FILTER]", help="With these records, which stay.")
@click.option("--samples", multiple=True, metavar="ENTITY[:FILTER]", help="With these records as demo data.")
@click.option("-o", "file", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@as_json
@command
def pack(keys: tuple[str, ...], json: bool, file: Path, **about: Any) -> None:
    """Write definitions and records with everything they need, or an installed blueprint, as one file."""
    name = about["name"]
    records = {what: [_wanted(each) for each in about[what]] for what in TABLES}
    with opened() as workspace:
        if keys or any(records.values()):
            manifest = {"name": name, "version": about["version"], "label": about["label"] or name}
            asking = workspace.system("blueprint pack")
            blueprint, _found = selected_blueprint(workspace, asking, manifest, keys, records)
        else:
            blueprint = exported(workspace, name)
    write_file(file, packed(blueprint))
    count = len(blueprint.own.documents) + len(blueprint.own.extends)
    told = {"blueprint": name, "file": str(file), "definitions": count}
    write_json(told) if json else click.echo(" · ".join(f"{key} {value}" for key, value in told.items()))


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--choose", "chosen", multiple=True, metavar="KIND/NAME=CHOICE",
    help=f"What to do about a name that is taken ({', '.join(CHOICES)}); `*=keep` for all. May be repeated.",
)  # fmt: skip
@click.option("--level", type=click.Choice(["L1", "L2", "L3"]), help="Of a blueprint that is new here.")
@click.option("--rest", type=click.Choice(["keep", "take"]), help="What holds where nobody decides, in an upgrade.")
@click.option("--sample-data", is_flag=True, help="With the sample records in the file.")
@click.option("--person", "people", multiple=True, metavar="OLD=NEW", help="Mail address in its records: that of here.")
@click.option("--dry-run", is_flag=True, help="Show the plan and stop.")
@confirmed
@in_set
@as_json
@command
def import_(file: Path, chosen: tuple[str, ...], people: tuple[str, ...], json: bool, **how: Any) -> None:
    """Bring a blueprint file in; one that is there is upgraded by it. The same file a second time changes nothing."""
    choices = dict(_choice(each) for each in chosen)
    level, rest, samples = (how.pop(name) for name in ("level", "rest", "sample_data"))
    with opened() as workspace:
        blueprint = unpacked(file.read_bytes())
        coming = Importing(workspace, blueprint, how["name"])
        draft = coming.draft(choices, level, Choice(rest) if rest else None)
        draft = replace(draft, people=pairs("--person", people))
        bringing = samples and not how["name"]
        done = put_or_publish(workspace, draft, json, note=f"Brought in {blueprint.name}", samples=bringing, **how)
        if done:
            coming.remember(choices)
            told = {"samples": 0, **done, "blueprint": blueprint.name}
            write_json(told) if json else click.echo(" · ".join(f"{key} {value}" for key, value in told.items()))


def _wanted(text: str) -> Wanted:
    entity, _colon, condition = text.partition(":")
    return Wanted(entity, condition or None)


def _choice(text: str) -> tuple[str, str]:
    key, equals, choice = text.rpartition("=")
    if not equals or choice not in CHOICES:
        raise click.BadParameter(f"{text}: KIND/NAME=CHOICE was expected, the choice one of {', '.join(CHOICES)}.")
    return key, choice
