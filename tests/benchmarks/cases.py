"""The operations that are compared: what is asked at random, and the floor that the product promises.

A list with the title of a lookup; B filtered list; C a page in the middle of all (100,000 rows deep);
D one record with its latest related ones; E create; F update; G numbers by group; H contains; I 1,000 creates in one
request.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

STAGES = ("lead", "qualified", "proposal", "negotiation", "won", "lost")
WORDS = ("Steel", "Pharma", "Robotics", "Ltd 12", "Nova Glass", "Crystal", "Bank Oy", "uiet Far")
Wish = Mapping[str, Any]

FLOORS = {
    ("postgresql", "wide"): {"A": 0.4, "B": 0.3, "C": 2.0, "D": 0.45, "E": 0.3, "F": 0.25, "H": 0.45},
    ("postgresql", "narrow"): {"B": 0.2},
    ("sqlite", "wide"): {"A": 0.3, "E": 0.25},
}
"""Requests per second, as a fraction of the bare application's, by database and user."""


def deal(r: random.Random, accounts: int) -> dict[str, Any]:
    """A new deal."""
    return {
        "title": f"Bench deal {r.randrange(10**6)}", "stage": r.choice(STAGES), "close_date": "2026-05-01",
        "amount": f"{r.randrange(10**4, 10**7) / 100:.2f}", "account": r.randrange(1, accounts),
    }  # fmt: skip


def wish(op: str, r: random.Random, deals: Sequence[int], accounts: int) -> Wish:
    """What one request of an operation asks for. deals: those that the user sees."""
    match op:
        case "B":
            return {"stage": r.choice(STAGES), "least": r.randrange(100_000, 400_000)}
        case "D":
            return {"deal": r.choice(deals)}
        case "E":
            return deal(r, accounts)
        case "F":
            return {"deal": r.choice(deals), "stage": r.choice(STAGES)}
        case "H":
            return {"word": r.choice(WORDS)}
    return {}
