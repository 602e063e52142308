"""`sartor backup` and `restore`: a workspace on SQLite as one file, and back."""

from __future__ import annotations

from pathlib import Path

import click
import sqlalchemy as sa

from sartor.platform.errors import Conflict
from sartor.platform.settings import Settings
from sartor.platform.storage.backup import back_up
from sartor.platform.storage.backup import restore as bring_back
from sartor.platform.text import gettext as _
from sartor.runtime.cli.common import as_json, command, settings, write_json


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@as_json
@command
def backup(file: Path, json: bool) -> None:
    """Write the database, the stored files and the secret key into FILE, while people go on working (SQLite)."""
    found = settings()
    about = back_up(_database(found, "pg_dump"), found.data, found.secret_key, file)
    if json:
        write_json({**about, "file": str(file)})
    else:
        click.echo(
            _(
                "%(file)s: database and %(files)s files. Keep it safe: it holds the secret key.",
                file=file,
                files=about["files"],
            )
        )


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--replace", is_flag=True, help="Put it in the place of the workspace that is there; that is kept beside it."
)
@as_json
@command
def restore(file: Path, replace: bool, json: bool) -> None:
    """Make the workspace what it was when FILE was written (SQLite). Stop all processes before."""
    found = Settings.from_environment()
    about = bring_back(file, _database(found, "pg_restore"), found.data, replace=replace)
    if json:
        write_json(about)
    else:
        said = _(
            "The workspace of %(moment)s is back. If this version is newer: sartor upgrade", moment=about["made_at"]
        )
        click.echo(said)


def _database(found: Settings, tool: str) -> Path:
    """:raises Conflict: on PostgreSQL, which has tools of its own."""
    url = sa.make_url(found.database_url)
    if url.get_backend_name() != "sqlite":
        said = _("This workspace is on PostgreSQL: use %(tool)s, and copy the folder %(files)s and the secret key.",
                 tool=tool, files=found.data / "files")  # fmt: skip
        raise Conflict(said)
    return Path(url.database or "")
