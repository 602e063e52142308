"""Load on two servers in turn: 16 connections, a few seconds each, several times; medians."""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from adapter import Side
from results import Result
from serving import Server

CONNECTIONS = 16


@dataclass(frozen=True)
class Under:
    """One side under load. database: process of the database server, whose CPU is counted with that of its children."""

    side: Side
    server: Server
    database: int | None = None


@dataclass(frozen=True)
class Bouts:
    """load: the driver. How often, and how long each time."""

    load: ModuleType
    runs: int
    seconds: float

    def run(self, under: Under, op: str, number: int) -> dict[str, Any]:
        found: dict[str, Any] = asyncio.run(
            self.load.measure(
                under.side, op, CONNECTIONS, self.seconds, 7 + number, under.server.pid, under.database, []
            )
        )
        return found

    def compare(self, op: str, bare: Under, sartor: Under, about: Mapping[str, Any]) -> Result:
        """Both in turn. about: what else the result says."""
        pairs = [(self.run(bare, op, number), self.run(sartor, op, number)) for number in range(self.runs)]
        mine, theirs = [pair[1] for pair in pairs], [pair[0] for pair in pairs]
        rates = _median(theirs, "rps"), _median(mine, "rps")
        result = Result(
            case=op,
            unit="/s",
            bare=rates[0],
            sartor=rates[1],
            ratio=statistics.median(_ratio(*pair) for pair in pairs),
            app=(_median(theirs, "app_cpu_ms"), _median(mine, "app_cpu_ms")),
            database=(_median(theirs, "pg_cpu_ms"), _median(mine, "pg_cpu_ms")),
            errors=tuple(each for run in [*theirs, *mine] for each in run.get("error", []))[:3],
            **about,
        )
        print(result.line(), *result.errors[:1], flush=True)
        return result


def _ratio(bare: Mapping[str, Any], sartor: Mapping[str, Any]) -> float:
    return sartor.get("rps", 0.0) / bare["rps"] if bare.get("rps") else 0.0


def _median(runs: Sequence[Mapping[str, Any]], name: str) -> float:
    return statistics.median(run.get(name, 0.0) for run in runs)
