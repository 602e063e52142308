"""Asking a server one thing at a time, for what is not load: answers to be compared, pages to be walked."""

from __future__ import annotations

import http.client
import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

from adapter import API, FIELDS, Request, Sartor, Side
from truth import Truth

TRIES = 6
READS = "ABCDGH"


class Asker:
    """One connection that is kept."""

    def __init__(self, side: Side) -> None:
        self._headers = side.headers
        self._connection = http.client.HTTPConnection(urlsplit(side.base).netloc, timeout=120)

    def ask(self, request: Request) -> Any:
        """The answer as JSON; anything but success ends the run."""
        method, path, body = request
        headers = self._headers | ({"Content-Type": "application/json"} if body is not None else {})
        self._connection.request(method, path, None if body is None else json.dumps(body), headers)
        response = self._connection.getresponse()
        text = response.read()
        if response.status >= 300:
            raise SystemExit(f"bench: {method} {path[:200]} was answered with {response.status} {text[:300]!r}")
        return json.loads(text)

    def seconds(self, request: Request) -> float:
        start = perf_counter()
        self.ask(request)
        return perf_counter() - start

    def close(self) -> None:
        self._connection.close()


@contextmanager
def asking(side: Side) -> Iterator[Asker]:
    asker = Asker(side)
    try:
        yield asker
    finally:
        asker.close()


def walk(side: Sartor, asker: Asker) -> None:
    """Page through the deals to the middle of them all, where the deep page begins."""
    middle, side.depth, side.deep = side.depth, 0, ""
    while True:
        body = asker.ask(side.request("C", {}))
        last = side.facts("C", body)[-1][0]
        if body["next"] is None or last >= middle:
            return
        side.depth, side.deep = last, body["next"]


def page_times(asker: Asker, pages: int, size: int) -> tuple[float, float]:
    """Seconds of the first page and of page number `pages`; medians of several."""
    path = f"{API}/deal?sort=-amount&fields={FIELDS}&limit={size}"
    cursor = last = ""
    for _number in range(pages - 1):
        following = asker.ask(("GET", path + cursor, None))["next"]
        if not following:
            break
        cursor = last = f"&cursor={following}"
    first, deep = ([asker.seconds(("GET", path + each, None)) for _ in range(21)] for each in ("", last))
    return sorted(first)[10], sorted(deep)[10]


def differences(side: Any, asker: Asker, truth: Truth, ops: str) -> list[str]:
    """What differs from brute force, in words; empty when every answer is right."""
    r, found = random.Random(1), []
    for op in ops:
        for wanted in [side.wish(op, r) for _ in range(TRIES)]:
            given = _plain(side.facts(op, asker.ask(side.request(op, wanted))))
            expected = _plain(truth.answer(op, wanted))
            if given != expected:
                found.append(f"{op} {dict(wanted)}: {str(given)[:300]} instead of {str(expected)[:300]}")
    return found


def _plain(facts: Any) -> Any:
    return json.loads(json.dumps(facts, sort_keys=True))
