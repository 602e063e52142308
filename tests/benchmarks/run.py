"""`make bench`: Sartor and a bare-SQL application on the same PostgreSQL, measured in turn, quoted as a ratio.

The load driver, the bare application and the data generator lie beside the product (`SARTOR_BENCH`); without them
there is nothing to compare with, and the run says so.

    python tests/benchmarks/run.py [--ops ABCDEFH] [--scale 1.0] [--secs 4] [--runs 3]
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
BENCH = Path(os.environ.get("SARTOR_BENCH", ROOT.parent / "shared" / "bench"))
sys.path[:0] = [str(HERE), str(ROOT / "tests" / "support"), str(BENCH)]

FLOORS = {"A": 0.4, "B": 0.3, "C": 2.0, "D": 0.45, "E": 0.3, "F": 0.25, "H": 0.45}
BIN = Path(sys.executable).parent


def main() -> None:
    args = _arguments()
    if not (BENCH / "load.py").is_file():
        sys.exit(f"bench: no load driver in {BENCH}; set SARTOR_BENCH")
    from servers import PostgresServer, free_port

    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        server = PostgresServer.start()
        try:
            _run(args, work, server, free_port)
        finally:
            server.stop()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--ops", default="ABCDEFH")
    parser.add_argument("--scale", default="1.0")
    parser.add_argument("--secs", type=float, default=4)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--narrow", action="store_true", help="as the user who sees 2.5 % of the rows")
    parser.add_argument("--keep", action="store_true", help="wait before ending, for a profiler")
    return parser.parse_args()


def _run(args: argparse.Namespace, work: Path, server: Any, free_port: Any) -> None:
    csv = work / "csv"
    subprocess.run(
        [sys.executable, BENCH / "gen.py", csv, "--scale", args.scale], check=True, stdout=subprocess.DEVNULL
    )
    os.environ["PEERS_DIR"] = str(work)
    admin = server.admin
    os.environ["PEERS_PG"] = f"postgresql://{admin.username}@{admin.host}:{admin.port}"
    limit, load = importlib.import_module("adapters.limit"), importlib.import_module("load")
    print("filling the bare application")
    limit.setup()
    importlib.import_module("adapters.common").tuned(
        limit.DB, "deals", "accounts", "activities", "deal", "account", "created"
    )
    print("filling Sartor")
    from filled import fill_sartor

    sartor = fill_sartor(work, server, csv, narrow=args.narrow)
    processes = [_start_limit(limit, free_port()), sartor.start(free_port())]
    try:
        adapters = {"limit": processes[0][1], "sartor": sartor.adapter}
        results = {op: _compare(load, adapters, op, args) for op in args.ops}
        _report(results, args)
        if args.keep:
            print(f"sartor pid {processes[1][0].pid} at {sartor.adapter.base}; Enter ends")
            input()
    finally:
        for process, _adapter in processes:
            process.terminate()
            process.wait(15)


def _start_limit(limit: ModuleType, port: int) -> tuple[subprocess.Popen, Any]:
    os.environ["LIMIT_PORT"] = str(port)
    adapter = limit.Adapter()
    adapter.base = f"http://127.0.0.1:{port}"
    environment = {**os.environ, **adapter.env()}
    if os.environ.get("SARTOR_BENCH_GENERIC"):
        environment["PG_DSN"] += "?options=-c%20plan_cache_mode%3Dforce_generic_plan"
    command = [
        str(BIN / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
        "--blocking-threads", "4", "--no-access-log", "--log-level", "warning", "limit_app:app",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=BENCH, env=environment)
    _wait(port)
    return process, adapter


def _wait(port: int) -> None:
    import socket

    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"bench: nothing listens on port {port}")


def _compare(load: ModuleType, adapters: dict[str, Any], op: str, args: argparse.Namespace) -> dict[str, Any]:
    """Requests per second at 16 connections of both, in turn; medians."""
    found: dict[str, list[float]] = {"limit": [], "sartor": []}
    latency: dict[str, list[float]] = {"limit": [], "sartor": []}
    errors: list[str] = []
    for number in range(args.runs):
        for name, adapter in adapters.items():
            measured = asyncio.run(load.measure(adapter, op, 16, args.secs, 7 + number, None, None, []))
            errors += measured.get("error", [])
            if measured["n"]:
                found[name].append(measured["rps"])
                latency[name].append(measured["p50_ms"])
    rates = {name: statistics.median(each) if each else 0.0 for name, each in found.items()}
    p50 = {name: statistics.median(each) if each else 0.0 for name, each in latency.items()}
    ratio = rates["sartor"] / rates["limit"] if rates["limit"] else 0.0
    print(
        f"{op}: bare {rates['limit']:.0f}/s, Sartor {rates['sartor']:.0f}/s ({p50['sartor']:.1f} ms) = {ratio:.2f} (floor {FLOORS.get(op, '-')}) {errors[:1] or ''}",
        flush=True,
    )
    return {"limit": rates["limit"], "sartor": rates["sartor"], "ratio": ratio, "errors": errors[:1]}


def _report(results: dict[str, Any], args: argparse.Namespace) -> None:
    out = work_file = ROOT / "build" / "bench.json"
    work_file.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps({"scale": args.scale, "narrow": args.narrow, "ops": results}, indent=1) + "\n")


if __name__ == "__main__":
    main()
