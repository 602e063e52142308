"""How each side is asked, and what its answers say: one signed-in user of Sartor, and the bare application.

`request` writes a wish as a request, `facts` reads an answer as plain tuples, which `truth.py` works out as well.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from cases import Wish, deal, wish
from columns import BASE, record_id

from sartor.platform.model.ids import decode_id, encode_id

API = "/api/v1/records"
FIELDS = "title,stage,amount,owner,close_date,created_at,updated_at,account"
Request = tuple[str, str, Any]
Make = Callable[[random.Random], list[Request]]


class Side:
    """What the load driver wants of either side: `base`, `headers`, `ops`, `check`."""

    headers: dict[str, str]

    def __init__(self, base: str, deals: Sequence[int], counts: Mapping[str, int]) -> None:
        self.base = base
        self.deals = deals
        self.counts = counts
        self.depth = counts["deal"] // 2
        self.ops: dict[str, Make] = {op: self._maker(op) for op in "ABCDEFGH"}

    def _maker(self, op: str) -> Make:
        return lambda r: [self.request(op, self.wish(op, r))]

    def wish(self, op: str, r: random.Random) -> Wish:
        """What one request asks for, at random."""
        return {"after": self.depth} if op == "C" else wish(op, r, self.deals, self.counts["account"])

    def request(self, op: str, wanted: Wish) -> Request:
        made: Request = getattr(self, f"_{op.lower()}")(wanted)
        return made

    def bulk(self, r: random.Random, count: int) -> Request:
        return self._i([deal(r, self.counts["account"]) for _ in range(count)])

    def _i(self, wanted: list[dict[str, Any]]) -> Request:
        raise NotImplementedError

    def check(self, op: str, bodies: list[Any]) -> None:
        """The driver's own look; answers were compared with brute force before."""
        assert bodies[0], op


class Sartor(Side):
    """One user of a server. deep: the cursor of the page in the middle of all deals, which begins after `depth`."""

    def __init__(self, base: str, deals: Sequence[int], counts: Mapping[str, int], token: str) -> None:
        super().__init__(base, deals, counts)
        self.headers = {"Authorization": f"Bearer {token}"}
        self.deep = ""

    def _a(self, wanted: Wish) -> Request:
        return "GET", f"{API}/deal?sort=-amount&fields={FIELDS}", None

    def _b(self, wanted: Wish) -> Request:
        condition = f"stage = '{wanted['stage']}' and amount > {wanted['least']}"
        return "GET", f"{API}/deal?sort=close_date&fields={FIELDS}&filter={quote(condition)}", None

    def _c(self, wanted: Wish) -> Request:
        return "GET", f"{API}/deal?fields={FIELDS}" + (f"&cursor={self.deep}" if self.deep else ""), None

    def _d(self, wanted: Wish) -> Request:
        related = "related=activity.deal&related_limit=10"
        return "GET", f"{API}/deal/{encode_id(record_id('deal', wanted['deal']))}?fields={FIELDS}&{related}", None

    def _e(self, wanted: Wish) -> Request:
        return "POST", f"{API}/deal", self._values(wanted)

    def _f(self, wanted: Wish) -> Request:
        return "PATCH", f"{API}/deal/{encode_id(record_id('deal', wanted['deal']))}", {"stage": wanted["stage"]}

    def _g(self, wanted: Wish) -> Request:
        return "GET", f"{API}/deal/aggregate?group=stage,amount.currency&measure={quote('sum(amount),count()')}", None

    def _h(self, wanted: Wish) -> Request:
        return "GET", f"/api/v1/search?entities=account&q={quote(wanted['word'])}", None

    def _i(self, wanted: list[dict[str, Any]]) -> Request:
        return "POST", f"{API}/deal/batch", {"operations": [{"values": self._values(each)} for each in wanted]}

    @staticmethod
    def _values(wanted: Wish) -> dict[str, Any]:
        return {**wanted, "account": encode_id(record_id("account", wanted["account"]))}

    def facts(self, op: str, body: Any) -> Any:
        match op:
            case "D":
                return _deal(body), [_number("activity", each["id"]) for each in body["related"]["activity.deal"]]
            case "G":
                return _by_stage(body["data"])
            case "H":
                return [_number("account", each["id"]) for each in body["data"]]
        return [_deal(each) for each in body["data"]]


def _by_stage(rows: list[dict[str, Any]]) -> dict[str, tuple[float, int]]:
    """The sums of the currencies together, as the bare application adds them up; Sartor never does."""
    found: dict[str, tuple[float, int]] = {}
    for each in rows:
        stage, measures = each["group"]["stage"], each["measures"]
        amount, count = found.get(stage, (0.0, 0))
        found[stage] = (round(amount + float(measures["sum(amount)"]), 2), count + measures["count()"])
    return found


def _number(entity: str, text: str) -> int:
    return decode_id(text) - BASE[entity]


def _deal(row: dict[str, Any]) -> tuple[int, float, str]:
    return _number("deal", row["id"]), float(row["amount"]["amount"]), row["account"]["title"]


class Bare(Side):
    """The bare application, which lets everybody see everything. first: what its ids begin with, by entity."""

    def __init__(self, base: str, counts: Mapping[str, int], first: Mapping[str, int] | None = None) -> None:
        super().__init__(base, range(1, counts["deal"] + 1), counts)
        self.headers = {"Authorization": "Bearer limit-token"}
        self.first = first or dict.fromkeys(BASE, 0)

    def _id(self, wanted: Wish) -> int:
        return self.first["deal"] + int(wanted["deal"])

    def _a(self, wanted: Wish) -> Request:
        return "GET", "/deals?sort=-amount", None

    def _b(self, wanted: Wish) -> Request:
        return "GET", f"/deals?stage={wanted['stage']}&min={wanted['least']}", None

    def _c(self, wanted: Wish) -> Request:
        return "GET", f"/deals?sort=id&offset={wanted['after']}", None

    def _d(self, wanted: Wish) -> Request:
        return "GET", f"/deals/{self._id(wanted)}", None

    def _e(self, wanted: Wish) -> Request:
        return "POST", "/deals", self._values(wanted)

    def _f(self, wanted: Wish) -> Request:
        return "PATCH", f"/deals/{self._id(wanted)}", {"stage": wanted["stage"]}

    def _g(self, wanted: Wish) -> Request:
        return "GET", "/agg", None

    def _h(self, wanted: Wish) -> Request:
        return "GET", f"/accounts?q={quote(wanted['word'])}", None

    def _i(self, wanted: list[dict[str, Any]]) -> Request:
        return "POST", "/deals", [{**self._values(each), "created": None, "modified": None} for each in wanted]

    def _values(self, wanted: Wish) -> dict[str, Any]:
        account = self.first["account"] + wanted["account"]
        own = {"amount": float(wanted["amount"]), "currency": "EUR", "owner": "user01@example.test"}
        return {**wanted, **own, "account": account}

    def facts(self, op: str, body: Any) -> Any:
        match op:
            case "D":
                return self._deal(body), [each["id"] - self.first["activity"] for each in body["activities"]]
            case "G":
                return {each["stage"]: (float(each["total"]), each["n"]) for each in body}
            case "H":
                return [each["id"] - self.first["account"] for each in body]
        return [self._deal(each) for each in body]

    def _deal(self, row: dict[str, Any]) -> tuple[int, float, str]:
        return row["id"] - self.first["deal"], float(row["amount"]), row["account_name"]
