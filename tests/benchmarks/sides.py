"""Both sides of a comparison, on one database: filled, served, and found to answer right."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapter import Bare, Sartor, Side
from asking import READS, asking, differences, walk
from columns import BASE
from filled import Filled, counts
from loads import Under
from servers import PostgresServer, free_port
from serving import serving
from truth import Truth

HERE = Path(__file__).parent
GENERIC = "?options=-c%20plan_cache_mode%3Dforce_generic_plan"
SQLITE_READS = "ABCD"


@dataclass(frozen=True)
class Sides:
    """generic: the bare application with plans made without looking at the values, for the search."""

    bare: Under
    generic: Under
    sartor: dict[str, Under]


def fill_bare(files: Path) -> str:
    """The bare application's own database, with the indexes that its author gave it; its address."""
    limit, common = importlib.import_module("adapters.limit"), importlib.import_module("adapters.common")
    assert files.parent == common.DIR, "the driver was told another folder"
    limit.setup()
    common.tuned(limit.DB, "deals", "accounts", "activities", "deal", "account", "created")
    return f"{common.PG}/{limit.DB}"


@contextmanager
def on_postgresql(filled: Filled, bench: Path, dsn: str, server: PostgresServer) -> Iterator[Sides]:
    process = server.process_id
    count = counts(filled.folder)
    with ExitStack() as stack:
        served = stack.enter_context
        bare = served(serving("limit_app:app", bench, {"PG_DSN": dsn}, free_port()))
        generic = served(serving("limit_app:app", bench, {"PG_DSN": dsn + GENERIC}, free_port()))
        sartor = served(serving("sartor.runtime.wsgi:app", HERE, filled.environment, free_port()))
        sides = Sides(
            Under(Bare(bare.base, count), bare, process),
            Under(Bare(generic.base, count), generic, process),
            {
                name: Under(Sartor(sartor.base, user.deals, count, user.token), sartor, process)
                for name, user in filled.users.items()
            },
        )
        _judge(sides, filled, READS)
        yield sides


@contextmanager
def on_sqlite(filled: Filled, file: Path) -> Iterator[Sides]:
    """The bare application reads and writes Sartor's own file."""
    count = counts(filled.folder)
    with (
        serving("bare_sqlite:app", HERE, {"BARE_FILE": str(file)}, free_port()) as bare,
        serving("sartor.runtime.wsgi:app", HERE, filled.environment, free_port()) as sartor,
    ):
        under = Under(Bare(bare.base, count, BASE), bare)
        user = filled.users["wide"]
        sides = Sides(under, under, {"wide": Under(Sartor(sartor.base, user.deals, count, user.token), sartor)})
        _judge(sides, filled, SQLITE_READS)
        yield sides


def _judge(sides: Sides, filled: Filled, ops: str) -> None:
    """Compare answers of every side with brute force; a wrong one ends the run."""
    _right("the bare application", sides.bare.side, Truth(filled.folder, bare=True), ops)
    for name, under in sides.sartor.items():
        with asking(under.side) as asker:
            walk(_sartor(under.side), asker)
        _right(f"Sartor ({name})", under.side, Truth(filled.folder, filled.users[name].deals), ops)


def _sartor(side: Side) -> Sartor:
    assert isinstance(side, Sartor)
    return side


def _right(who: str, side: Any, truth: Truth, ops: str) -> None:
    with asking(side) as asker:
        found = differences(side, asker, truth, ops)
    if found:
        raise SystemExit(f"bench: {who} answers otherwise than brute force:\n" + "\n".join(found))
    print(f"{who}: {ops} answer as brute force does", flush=True)
