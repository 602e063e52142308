"""`sartor doctor`: whether this installation can work, line by line: well, or what is wrong and what to do about it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import click
import sqlalchemy as sa
from kombu.exceptions import KombuError

from sartor.platform.definitions.plugins import Plugged, installed, named
from sartor.platform.errors import SartorError
from sartor.platform.settings import Settings
from sartor.platform.storage import looking
from sartor.platform.storage.engine import Database
from sartor.platform.storage.version import require_current
from sartor.platform.storage.vitals import vitals
from sartor.platform.text import fold, initials, listed, ngettext
from sartor.platform.text import gettext as _
from sartor.platform.workspace import Workspace
from sartor.runtime.cli.common import as_json, command, settings, write_json
from sartor.runtime.handlers import jobs_of
from sartor.runtime.tasks import celery_app

LATE = timedelta(minutes=5)
"""What waits for longer than that is not served by anybody."""
LEAST_FREE = 512 * 1024 * 1024
CLOCKS = timedelta(seconds=30)
MOST_FILES = 10_000


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at. todo: empty where all is well."""

    about: str
    said: str
    todo: str = ""

    @property
    def good(self) -> bool:
        return not self.todo


Look = Callable[[Workspace], Line]


def settings_line(found: Settings) -> Line:
    about = _("settings")
    if found.base_url.startswith("http://") and found.host not in ("127.0.0.1", "localhost"):
        said = _("people sign in at %(url)s without encryption", url=found.base_url)
        return Line(about, said, _("Put a proxy that speaks TLS before it, and set SARTOR_BASE_URL to https://…"))
    return Line(about, _("data in %(folder)s, at %(url)s", folder=found.data, url=found.base_url))


def database_line(here: Workspace) -> Line:
    about = _("database")
    said = looking.version(here.database)
    if wrong := looking.damage(here.database):
        return Line(about, f"{said}: {wrong}", _restore())
    encoding = looking.encoding(here.database)
    if encoding != "UTF8":
        return Line(about, f"{said}, {encoding}", _("Make it anew with ENCODING 'UTF8' and load a dump into it."))
    return Line(about, said)


def _restore() -> str:
    return _("Stop all processes and bring back the last backup: sartor restore FILE --replace")


def version_line(here: Workspace) -> Line:
    about = _("version")
    require_current(here.database)
    revision = here.stamp().revision
    if not revision:
        return Line(about, _("nothing was published yet"), _("Run: sartor init"))
    here.serving()
    return Line(about, _("tables are those of this version, revision %(n)s", n=revision))


def broker_line(here: Workspace) -> Line:
    about, found = _("broker"), here.settings
    where = found.broker_url.partition("://")[0] or _("folders")
    if not found.broker_url and here.database.dialect != "sqlite":
        return Line(about, where, _("Set SARTOR_BROKER_URL (redis://host/0), unless everything runs on this machine."))
    try:
        with celery_app(found, jobs_of(here)).connection_for_write(connect_timeout=3) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0)
    except (KombuError, OSError, KeyError, ValueError, ImportError) as error:
        said = _("%(broker)s does not answer: %(reason)s", broker=where, reason=str(error)[:200])
        return Line(about, said, _("Start the broker, or correct SARTOR_BROKER_URL."))
    return Line(about, where)


def scheduler_line(here: Workspace) -> Line:
    about, found = _("scheduler"), vitals(here.database)
    if found.round is None:
        return Line(about, _("none has run here yet"), _("Start one: sartor run, or sartor scheduler"))
    minutes = int(found.age(found.round) // 60)
    said = ngettext("last went its round %(n)s minute ago", "last went its round %(n)s minutes ago", minutes)
    late = found.at - found.round > LATE
    return Line(about, said, _("Start one: sartor run, or sartor scheduler") if late else "")


def worker_line(here: Workspace) -> Line:
    about, found = _("worker"), vitals(here.database)
    longest = max(found.age(found.waiting_since), found.age(found.unsent_since))
    said = _("%(jobs)s jobs and %(events)s events wait", jobs=found.waiting, events=found.unsent)
    if found.stalled or longest > LATE.total_seconds():
        said += ", " + _("%(n)s jobs lost their worker", n=found.stalled) if found.stalled else ""
        return Line(about, said, _("Start a worker (sartor run, or sartor worker), and look into its log."))
    return Line(about, said)


def files_line(here: Workspace) -> Line:
    about, folder = _("files"), here.settings.data / "files"
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK | os.X_OK):
        return Line(about, _("%(folder)s cannot be written", folder=folder), _("Give it to the user of Sartor."))
    hashes = looking.named_files(here.database, MOST_FILES)
    missing = [each for each in hashes if not (folder / each[:2] / each).is_file()]
    if missing:
        said = _("%(n)s of %(all)s files are not in %(folder)s", n=len(missing), all=len(hashes), folder=folder)
        return Line(about, said, _("Bring the folder “files” back from the backup that belongs to this database."))
    free = shutil.disk_usage(folder).free
    said = _("%(n)s looked at, %(free)s MiB free", n=len(hashes), free=free // 2**20)
    return Line(about, said, _("Make room on this disk.") if free < LEAST_FREE else "")


def search_line(here: Workspace) -> Line:
    about = _("search")
    if initials("上海华为") != "shhw":
        return Line(about, _("pinyin is not there"), _("Run: pip install --force-reinstall sartor"))
    if fold("華為") != fold("华为"):
        said = _("pinyin; traditional and simplified characters are told apart")
        return Line(about, said, _("Run: pip install --force-reinstall sartor"))
    return Line(about, _("pinyin, traditional and simplified characters"))


def clock_line(here: Workspace) -> Line:
    about, zone = _("time"), here.settings.timezone
    now = here.database.clock()
    said = f"{zone}, {now.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"
    apart = looking.clocks_apart(here.database)
    if apart > CLOCKS:
        said += ", " + _("the database's clock is %(n)s seconds off", n=int(apart.total_seconds()))
        return Line(about, said, _("Let all machines take their time from one place (NTP)."))
    return Line(about, said)


def plugins_line(here: Workspace) -> Line:
    about, off = _("plugins"), named(here.settings.plugins_off)
    there = installed()
    said = listed(_told(each, off) for each in there) or _("none")
    if unknown := sorted(off - {each.name for each in there}):
        what = _("%(names)s is left out and not installed", names=listed(unknown))
        return Line(about, f"{said}; {what}", _("Correct SARTOR_PLUGINS_OFF."))
    return Line(about, said)


def _told(plugin: Plugged, off: Collection[str]) -> str:
    said = f"{plugin.name} ({plugin.source})"
    return _("%(plugin)s left out", plugin=said) if plugin.name in off else said


LOOKS: tuple[tuple[str, Look], ...] = (
    ("database", database_line),
    ("version", version_line),
    ("broker", broker_line),
    ("scheduler", scheduler_line),
    ("worker", worker_line),
    ("files", files_line),
    ("search", search_line),
    ("time", clock_line),
    ("plugins", plugins_line),
)


def looked_at(here: Workspace) -> Iterator[Line]:
    """A line for each thing; what cannot be looked at at all says why."""
    for about, look in LOOKS:
        try:
            yield look(here)
        except (SartorError, sa.exc.SQLAlchemyError, OSError) as error:
            said = error.message if isinstance(error, SartorError) else str(error).splitlines()[0]
            yield Line(_(about), said, _("Mend this first; then run sartor doctor again."))


@contextmanager
def _open(found: Settings) -> Iterator[Workspace]:
    database = Database.open(found.database_url)
    try:
        yield Workspace(found, database)
    finally:
        database.close()


@click.command()
@as_json
@command
def doctor(json: bool) -> None:
    """Look whether everything is in order. Exit 1 where something is not."""
    found = settings()
    with _open(found) as here:
        lines = [settings_line(found), *looked_at(here)]
    if json:
        write_json([{**asdict(each), "good": each.good} for each in lines])
    else:
        _show(lines)
    sys.exit(0 if all(each.good for each in lines) else 1)


def _show(lines: list[Line]) -> None:
    for each in lines:
        mark = click.style("ok   ", fg="green") if each.good else click.style("wrong", fg="red")
        click.echo(f"{mark}  {each.about}: {each.said}")
        if each.todo:
            click.echo(f"       → {each.todo}")
