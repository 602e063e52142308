"""What was measured, and the table that tells it."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

HEAD = "| case | database | user | bare | Sartor | ratio | asked | app CPU ms | database CPU ms |"
OPENED = (
    "entity",
    "relations",
    "form",
    "view",
    "template",
    "pipeline",
    "options",
    "report",
    "dashboard",
    "role",
    "app",
)
NAMES = {
    "A": "A list of 50 with a lookup's title",
    "B": "B filtered list",
    "C": "C page 100,000 rows deep",
    "D": "D record with its related ones",
    "E": "E create",
    "F": "F update",
    "G": "G numbers by stage",
    "H": "H contains",
    "I": "I 1,000 creates in one request",
    "pages": "page 4,000 against page 1",
    "publish": "plan and publish one new field",
    "compile": "compile 300 entities of 40 fields",
    "check": "the same, checked as never seen before",
    "designer": "open the slowest designer at that size",
    "typing": "check the whole of it while typing",
    "plan": "plan one new field at that size",
    **{f"open_{name}": f"open the designer of {name} in a browser" for name in OPENED},
    "open_other": "open the slowest other page of the builder",
    "drag_form": "frames while a field is dragged in a form",
    "drag_view": "frames while a column is dragged in a view",
    "drag_board": "frames while a card is dragged on a dashboard",
    "drag_pipeline": "frames while a stage is dragged",
    "drag_relations": "frames while the diagram of relations is dragged",
    "drag_longest": "the longest frame of all these",
    "million": "plan one new field on 1,000,000 rows",
    "start": "from a second `sartor run` to the sign-in page",
    "start_cpu": "the same in processor time, all processes",
}


@dataclass(frozen=True)
class Result:
    """One line. bare, sartor: figures in `unit`. asked: what is promised of the ratio, or of Sartor's own figure.

    app, database: CPU milliseconds for one request, of the bare application and of Sartor.
    """

    case: str
    where: str
    sartor: float
    unit: str
    user: str = ""
    bare: float = 0.0
    ratio: float = 0.0
    asked: float = 0.0
    at_most: bool = False
    app: tuple[float, float] = (0.0, 0.0)
    database: tuple[float, float] = (0.0, 0.0)
    errors: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the promise holds; without one there is nothing to break."""
        judged = self.ratio if self.ratio else self.sartor
        kept = judged <= self.asked if self.at_most else judged >= self.asked
        return not self.errors and (not self.asked or kept)

    def line(self) -> str:
        """The line of the table."""
        figures = [f"{each:,.0f}{self.unit}" if each else "" for each in (self.bare, self.sartor)]
        ratio = f"{self.ratio:.2f}" if self.ratio else ""
        asked = f"{'≤' if self.at_most else '≥'} {self.asked:g}" if self.asked else ""
        if self.asked and not self.ratio:
            asked += self.unit
        if not self.holds:
            asked = f"**{asked}**"
        cpu = [f"{one:.2f} → {other:.2f}" if one or other else "" for one, other in (self.app, self.database)]
        return f"| {' | '.join([NAMES[self.case], self.where, self.user, *figures, ratio, asked, *cpu])} |"


def table(results: Iterable[Result]) -> str:
    """Markdown; a promise that does not hold stands in bold."""
    return "\n".join([HEAD, "|" + "---|" * (HEAD.count("|") - 1), *(each.line() for each in results)])


def machine() -> str:
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, load average at the end {load}"


def as_json(results: Sequence[Result], **about: Any) -> dict[str, Any]:
    return {**about, "machine": machine(), "results": [asdict(each) for each in results]}


def into_page(page: Path, text: str) -> None:
    """Put the table between the two marks of a page."""
    begin, end = "<!-- figures -->", "<!-- end of figures -->"
    before, _mark, rest = page.read_text().partition(begin)
    _old, _mark, after = rest.partition(end)
    page.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}")
