"""`sartor blueprint upgrade`: to the version that we ship, or to one of a folder or file; decisions from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sartor.platform.packaging.files.archive import unpacked
from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.packaging.versions.rulings import from_file, to_file
from sartor.platform.packaging.versions.upgrades import Look, Upgrades
from sartor.platform.publishing.change_sets.deciding import Choice
from sartor.platform.text import gettext as _
from sartor.platform.workspace import Workspace
from sartor.runtime.cli.common import as_json, command, write_json
from sartor.runtime.cli.drafting import confirmed, in_set, put_or_publish
from sartor.runtime.cli.opening import opened


@click.command("upgrade")
@click.argument("version", metavar="NAME_OR_FOLDER_OR_FILE")
@click.option(
    "--decisions", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File with what is to stay where both sides changed something.",
)  # fmt: skip
@click.option(
    "--save", type=click.Path(dir_okay=False, path_type=Path),
    help="Write all questions into a file of decisions and stop.",
)  # fmt: skip
@click.option("--rest", type=click.Choice(["keep", "take"]), help="What holds where nobody decides.")
@click.option("--dry-run", is_flag=True, help="Show the plan, one's own values in place, and stop.")
@confirmed
@in_set
@as_json
@command
def upgrade(version: str, decisions: Path | None, save: Path | None, json: bool, **how: Any) -> None:
    """Merge a new version of a blueprint into what you made of it. Decisions are kept: nothing is asked twice."""
    rest = how.pop("rest")
    with opened() as workspace:
        upgrades, offered = _offered(workspace, version, how["name"])
        rulings = from_file(decisions.read_bytes(), offered.name) if decisions else []
        look = upgrades.look(offered, rulings)
        if save:
            _save(look, save, json)
            return
        if not how["dry_run"]:
            upgrades.book.add(rulings)
            look = upgrades.decided(look, Choice(rest) if rest else None)
        if how["dry_run"] and not json:
            for said in look.told:
                click.echo(_("record %(said)s", said=said))
        note = f"Upgraded {offered.name} to {offered.manifest['version']}"
        done = put_or_publish(workspace, look.draft, json, note=note, **how)
    if done:
        told = {**done, "blueprint": offered.name, "decided": len(look.upgrade.issues), "records": len(look.changed)}
        write_json(told) if json else click.echo(" · ".join(f"{key} {value}" for key, value in told.items()))


def _offered(workspace: Workspace, version: str, into: str | None) -> tuple[Upgrades, Blueprint]:
    path = Path(version)
    if path.is_dir() and (path / "blueprint.json").is_file():
        blueprint = read_folder(path)
    elif path.is_file():
        blueprint = unpacked(path.read_bytes())
    else:
        upgrades = Upgrades(workspace, version, into)
        return upgrades, upgrades.offered()
    return Upgrades(workspace, blueprint.name, into), blueprint


def _save(look: Look, file: Path, json: bool) -> None:
    file.write_text(to_file(look.blueprint.name, look.blueprint.manifest["version"], look.upgrade.issues), "utf-8")
    told = {"file": str(file), "questions": len(look.upgrade.issues), "open": len(look.upgrade.open)}
    if json:
        write_json(told)
    else:
        said = _("%(n)s questions, %(open)s of them to be decided: %(file)s", n=told["questions"], open=told["open"],
                 file=file)  # fmt: skip
        click.echo(said)
