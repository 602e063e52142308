"""The parts of a run, each giving results: on PostgreSQL, on SQLite, and without a server."""

from __future__ import annotations

import importlib
import os
import random
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from asking import asking, page_times
from cases import FLOORS
from designing import design_at_size
from filled import filled
from in_browser import in_a_browser
from in_process import compile_a_big_design, publish_a_field
from loads import Bouts
from millions import plan_on_a_million
from results import Result
from servers import PostgresServer
from sides import Sides, fill_bare, on_postgresql, on_sqlite
from starting import second_start

PAGES, SIZE = 4000, 16
BULK = 1000
UNPROMISED = "G"


@dataclass(frozen=True)
class Run:
    """What was asked for. bench: folder of the load driver. folder: of everything that this run makes."""

    bench: Path
    folder: Path
    ops: str
    scale: float
    runs: int
    seconds: float

    @property
    def files(self) -> Path:
        return self.folder / "csv"

    @property
    def bouts(self) -> Bouts:
        return Bouts(importlib.import_module("load"), self.runs, self.seconds)

    def generate(self) -> None:
        """The data, the same bytes for the same size, unless it is there already."""
        if not self.files.exists():
            command = [sys.executable, str(self.bench / "gen.py"), str(self.files), "--scale", str(self.scale)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def without_server(run: Run) -> Iterator[Result]:
    yield from map(_said, compile_a_big_design())
    yield from map(_said, design_at_size(run.folder / "design"))
    yield from map(_said, second_start(run.folder / "start"))


def postgresql(run: Run) -> Iterator[Result]:
    run.generate()
    server = PostgresServer.start(on_disk=True)
    try:
        os.environ["PEERS_PG"] = f"postgresql://{server.admin.username}@{server.admin.host}:{server.admin.port}"
        print("filling the databases", flush=True)
        data = filled(run.folder / "sartor", server.create(), run.files)
        with on_postgresql(data, run.bench, fill_bare(run.files), server) as sides:
            yield from _loads(run, "postgresql", sides)
            yield _pages(sides)
            yield _bulk(sides)
        yield _said(publish_a_field(data))
    finally:
        server.stop()


def sqlite(run: Run) -> Iterator[Result]:
    run.generate()
    file = run.folder / "lite" / "sartor.db"
    print("filling the SQLite file", flush=True)
    data = filled(file.parent, f"sqlite:///{file}", run.files)
    with on_sqlite(data, file) as sides:
        yield from _loads(run, "sqlite", sides)


def browser(run: Run) -> Iterator[Result]:
    """What somebody who designs meets."""
    yield from map(_said, in_a_browser(run.folder / "browser"))


def million(run: Run) -> Iterator[Result]:
    """A plan where there are many rows."""
    server = PostgresServer.start(on_disk=True)
    try:
        yield from map(_said, plan_on_a_million(run.folder / "million", server))
    finally:
        server.stop()


PARTS = {"process": without_server, "browser": browser, "million": million, "postgresql": postgresql, "sqlite": sqlite}


def _loads(run: Run, where: str, sides: Sides) -> Iterator[Result]:
    for op in run.ops:
        for name, under in sides.sartor.items():
            floors = FLOORS[where, name]
            if op in floors or (op in UNPROMISED and (where, name) == ("postgresql", "wide")):
                about = {"where": where, "user": name, "asked": floors.get(op, 0.0)}
                yield run.bouts.compare(op, sides.generic if op == "H" else sides.bare, under, about)


def _pages(sides: Sides) -> Result:
    side = sides.sartor["wide"].side
    with asking(side) as asker:
        first, deep = page_times(asker, PAGES, SIZE)
    return _said(Result("pages", "postgresql", deep * 1000, " ms", user="wide", bare=first * 1000, ratio=deep / first,
                        asked=2.0, at_most=True))  # fmt: skip


def _bulk(sides: Sides) -> Result:
    r, times = random.Random(99), []
    for under in (sides.bare, sides.sartor["wide"]):
        with asking(under.side) as asker:
            each = [asker.seconds(under.side.bulk(r, BULK)) for _ in range(4)]
        times.append(statistics.median(each[1:]) * 1000)
    return _said(Result("I", "postgresql", times[1], " ms", user="wide", bare=times[0], ratio=times[1] / times[0],
                        asked=6.0, at_most=True))  # fmt: skip


def _said(result: Result) -> Result:
    print(result.line(), flush=True)
    return result
