"""Brute force: what the answers must be, worked out in plain Python from the files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

from cases import Wish
from columns import rows

PAGE = 50
RELATED = 10
HITS = 10
CANDIDATES = 100
Row = dict[str, Any]


class Truth:
    """The data as one user sees it. deals: numbers of the visible ones. bare: in the order of the bare application."""

    def __init__(self, folder: Path, deals: Iterable[int] | None = None, *, bare: bool = False) -> None:
        self.bare = bare
        self.accounts = {int(row["id"]): row["name"] for row in rows(folder, "account")}
        seen = None if deals is None else set(deals)
        every = (_deal(row) for row in rows(folder, "deal"))
        self.deals = [row for row in every if seen is None or row["id"] in seen]
        self.by_number = {row["id"]: row for row in self.deals}
        self._folder = folder
        self._related: dict[int, list[int]] | None = None

    def answer(self, op: str, wanted: Wish) -> Any:
        """The facts that the right answer to a wish has."""
        found: Callable[[Wish], Any] = getattr(self, f"_{op.lower()}")
        return found(wanted)

    def _a(self, wanted: Wish) -> Any:
        ties = 1 if self.bare else -1
        return self._facts(sorted(self.deals, key=lambda row: (-row["amount"], ties * row["id"])))

    def _b(self, wanted: Wish) -> Any:
        found = [row for row in self.deals if row["stage"] == wanted["stage"] and row["amount"] > wanted["least"]]
        return self._facts(sorted(found, key=itemgetter("close_date", "id")))

    def _c(self, wanted: Wish) -> Any:
        return self._facts([row for row in self.deals if row["id"] > wanted["after"]])

    def _d(self, wanted: Wish) -> Any:
        return self._fact(self.by_number[wanted["deal"]]), self._activities()[wanted["deal"]][:RELATED]

    def _g(self, wanted: Wish) -> Any:
        groups: dict[str, list[float]] = defaultdict(list)
        for row in self.deals:
            groups[row["stage"]].append(row["amount"])
        return {stage: (round(sum(amounts), 2), len(amounts)) for stage, amounts in groups.items()}

    def _h(self, wanted: Wish) -> Any:
        word = wanted["word"].casefold()
        found = [number for number, name in self.accounts.items() if word in name.casefold()]
        if self.bare:
            return found[:PAGE]
        best = sorted(found[-CANDIDATES:], key=lambda number: (len(self.accounts[number]), self.accounts[number]))
        return best[:HITS]

    def _facts(self, found: Sequence[Row]) -> list[tuple[int, float, str]]:
        return [self._fact(row) for row in found[:PAGE]]

    def _fact(self, row: Row) -> tuple[int, float, str]:
        return row["id"], row["amount"], self.accounts[row["account"]]

    def _activities(self) -> dict[int, list[int]]:
        """Numbers of the activities of each visible deal, the latest first."""
        if self._related is None:
            found: dict[int, list[tuple[str, int]]] = defaultdict(list)
            for row in rows(self._folder, "activity"):
                if int(row["deal"]) in self.by_number:
                    found[int(row["deal"])].append((row["created"], int(row["id"])))
            latest = {deal: sorted(each, reverse=True) for deal, each in found.items()}
            self._related = defaultdict(list, {deal: [number for _at, number in each] for deal, each in latest.items()})
        return self._related


def _deal(row: dict[str, str]) -> Row:
    numbers = {name: int(row[name]) for name in ("id", "account")}
    return {**row, **numbers, "amount": float(row["amount"])}
