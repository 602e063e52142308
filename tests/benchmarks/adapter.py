"""The requests of each operation, for the load driver; see the driver's own page for what they mean."""

from __future__ import annotations

import json
import random
from typing import Any
from urllib.parse import quote

from documents import STAGES
from fill import record_id

from sartor.platform.model.ids import encode_id

WORDS = ["Steel", "Pharma", "Robotics", "Ltd 12", "Nova Glass", "Crystal", "Bank Oy", "uiet Far"]
API = "/api/v1/records"
FIELDS = "title,stage,amount,owner,close_date,created_at,updated_at,account"
Request = tuple[str, str, Any]


class Adapter:
    """One signed-in user of one server."""

    name = "sartor"

    def __init__(self, base: str, token: str, deep: str, mine: list[int] | None = None) -> None:
        self.base = base
        self.headers = {"Authorization": f"Bearer {token}"}
        self.deep = deep
        self.mine = mine or list(range(1, 200_000))
        self.ops = {
            "A": lambda r: [("GET", f"{API}/deal?sort=-amount&fields={FIELDS}", None)],
            "B": lambda r: [("GET", self._filtered(r), None)],
            "C": lambda r: [("GET", f"{API}/deal?fields={FIELDS}&cursor={self.deep}", None)],
            "D": self._one,
            "E": lambda r: [("POST", f"{API}/deal", self._deal(r))],
            "F": lambda r: [("PATCH", f"{API}/deal/{self._id(r)}", {"stage": r.choice(STAGES)})],
            "G": lambda r: [("GET", f"{API}/deal/aggregate?group=stage&measure={quote('sum(amount),count()')}", None)],
            "H": lambda r: [("GET", f"/api/v1/search?entities=account&q={quote(r.choice(WORDS))}", None)],
        }

    def _id(self, r: random.Random) -> str:
        return encode_id(record_id("deal", r.choice(self.mine)))

    @staticmethod
    def _filtered(r: random.Random) -> str:
        condition = f"stage = '{r.choice(STAGES)}' and amount > {r.randrange(100_000, 400_000)}"
        return f"{API}/deal?sort=close_date&fields={FIELDS}&filter={quote(condition)}"

    def _one(self, r: random.Random) -> list[Request]:
        return [
            (
                "GET",
                f"{API}/deal/{self._id(r)}?fields={FIELDS},account.industry&related=activity.deal&related_limit=10",
                None,
            )
        ]

    @staticmethod
    def _deal(r: random.Random) -> dict[str, Any]:
        return {
            "title": f"Bench deal {r.randrange(10**6)}", "stage": r.choice(STAGES), "amount": f"{r.randrange(10**4, 10**7) / 100:.2f}",
            "close_date": "2026-05-01", "account": encode_id(record_id("account", r.randrange(1, 20_000))),
        }  # fmt: skip

    def check(self, op: str, bodies: list[Any]) -> None:
        """The answer is what was asked for, before anything is timed."""
        if op in "ABC":
            assert len(bodies[0]["data"]) == 50 and bodies[0]["data"][0]["account"]["title"], json.dumps(bodies[0])[
                :300
            ]
        if op == "D":
            assert bodies[0]["account"]["title"] and "activity.deal" in bodies[0]["related"], json.dumps(bodies[0])[
                :300
            ]
        if op == "G":
            assert len(bodies[0]["data"]) == 6
        if op == "H":
            assert bodies[0]["data"], bodies[0]

    def bulk(self, r: random.Random, n: int) -> list[Request]:
        return [("POST", f"{API}/deal/batch", {"operations": [{"values": self._deal(r)} for _ in range(n)]})]
