"""`sartor promote`: the whole design from a test workspace to production, as a file, as often as one likes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sartor.platform.packaging.files.archive import write_file
from sartor.platform.packaging.versions.promoting import NAME, Promotion, packed_design, unpacked_design
from sartor.platform.packaging.versions.rulings import from_file, to_file
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.change_sets.deciding import Choice
from sartor.runtime.cli.common import as_json, command, write_json
from sartor.runtime.cli.drafting import confirmed
from sartor.runtime.cli.opening import opened
from sartor.runtime.cli.plans import show_plan

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "out", type=FILE, help="Write what is published here into a file, and stop.")
@click.option("--decisions", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="What is to stay.")
@click.option("--save", type=FILE, help="Write all questions into a file of decisions, and stop.")
@click.option("--rest", type=click.Choice(["keep", "take"]), help="What holds where nobody decides.")
@click.option("--dry-run", is_flag=True, help="Show the plan and stop.")
@confirmed
@as_json
@command
def promote(file: Path | None, out: Path | None, json: bool, **how: Any) -> None:
    """Bring the design of another workspace over: write it there with -o, and read it here."""
    if (file is None) == (out is None):
        raise click.UsageError("Say the FILE to bring in, or with -o the one to write.")
    with opened() as workspace:
        if out:
            data = packed_design(workspace)
            write_file(out, data)
            _tell({"file": str(out), "bytes": len(data)}, json)
        elif file:
            _bring_in(Promotion(workspace, unpacked_design(file.read_bytes())), json, **how)


def _bring_in(promotion: Promotion, json: bool, **how: Any) -> None:
    rulings = from_file(how["decisions"].read_bytes(), NAME) if how["decisions"] else []
    look = promotion.look(rulings)
    if how["save"]:
        how["save"].write_text(to_file(NAME, promotion.digest, look.issues), "utf-8")
        _tell({"file": str(how["save"]), "questions": len(look.issues), "open": len(look.open)}, json)
        return
    if how["dry_run"]:
        show_plan(promotion.drafts.plan(promotion.draft(look)), json)
        return
    draft = promotion.decided(rulings, Choice(how["rest"]) if how["rest"] else None)
    revision = promotion.publish(draft, Publication("Brought the design over", None, how["confirm"]))
    _tell({"revision": revision, "decided": len(look.issues)}, json)


def _tell(told: dict[str, Any], json: bool) -> None:
    if json:
        write_json(told)
    else:
        click.echo(" · ".join(f"{name} {value}" for name, value in told.items()))
