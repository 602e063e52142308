"""`make bench`: Sartor and a bare-SQL application on the same database, measured in turn, quoted as a ratio.

The load driver, the bare application and the data generator lie beside the product (`SARTOR_BENCH`); without them
there is nothing to compare with, and the run says so. `docs/benchmarks.md` tells what is measured and what came out.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BENCH = Path(os.environ.get("SARTOR_BENCH", ROOT.parent / "shared" / "bench"))
PAGE = ROOT / "docs" / "benchmarks.md"


def main() -> None:
    arguments = _arguments()
    if not (BENCH / "load.py").is_file():
        sys.exit(f"bench: no load driver in {BENCH}; set SARTOR_BENCH")
    sys.path[:0] = [str(ROOT / "tests" / "support"), str(BENCH)]
    with tempfile.TemporaryDirectory(prefix="sartor-bench-") as folder:
        # The bare application looks for its files when it is imported, so the parts are imported only now.
        os.environ["PEERS_DIR"] = folder
        parts = importlib.import_module("parts")
        run = parts.Run(BENCH, Path(folder), arguments.ops, arguments.scale, arguments.runs, arguments.secs)
        results = [each for name in arguments.on.split(",") for each in parts.PARTS[name](run)]
    _report(results, arguments)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Sartor against bare SQL on the same data.")
    parser.add_argument("--scale", type=float, default=1.0, help="size of the data; 1 is 200,000 deals")
    parser.add_argument("--secs", type=float, default=2, help="length of a bout of load")
    parser.add_argument("--runs", type=int, default=3, help="bouts of each side")
    parser.add_argument("--ops", default="ABCDGHEF", help="operations, in this order")
    parser.add_argument("--on", default="process,browser,million,postgresql,sqlite", help="parts of the run")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    return parser.parse_args()


def _report(results: list[Any], arguments: argparse.Namespace) -> None:
    telling = importlib.import_module("results")
    chosen = " ".join(f"--{name} {value}" for name, value in vars(arguments).items() if name != "write")
    text = f"{telling.table(results)}\n\n{telling.machine()}; `{chosen}`."
    print("\n" + text)
    (ROOT / "build").mkdir(exist_ok=True)
    kept = telling.as_json(results, arguments=vars(arguments))
    (ROOT / "build" / "bench.json").write_text(json.dumps(kept, indent=1) + "\n")
    if arguments.write:
        telling.into_page(PAGE, text)


if __name__ == "__main__":
    main()
