"""Passwords: which are good enough, and their argon2 hashes, a few at a time."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from sartor.platform.errors import Invalid, Problem, TooMany
from sartor.platform.text import fold
from sartor.platform.text import gettext as _

SHORTEST, LONGEST = 10, 256
PATIENCE = 10.0
"""Seconds that a sign-in waits for its turn before it is asked to come back."""


class Hasher:
    """Argon2id, 19 MiB each. at_once bounds the memory that many sign-ins together can take."""

    def __init__(self, at_once: int | None = None) -> None:
        self._argon2 = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
        self._turns = BoundedSemaphore(at_once or max(2, os.cpu_count() or 1))
        self._nobodys = self._argon2.hash(os.urandom(16))

    def hash(self, password: str) -> str:
        """Takes some 40 ms: do it before the transaction, never inside."""
        with self._turn():
            return self._argon2.hash(_normal(password))

    def verify(self, stored: str | None, password: str) -> bool:
        """Whether it is the password. Takes as long where nothing is stored as where something is."""
        if len(password) > LONGEST:
            return False
        with self._turn():
            try:
                return self._argon2.verify(stored or self._nobodys, _normal(password)) and stored is not None
            except (VerificationError, InvalidHashError):
                return False

    def is_outdated(self, stored: str) -> bool:
        """Whether it was made with weaker parameters than today's."""
        return self._argon2.check_needs_rehash(stored)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=PATIENCE):
            raise TooMany(_("Too many people are signing in at this moment. Please try again."), retry_after=5)
        try:
            yield
        finally:
            self._turns.release()


def _normal(password: str) -> str:
    """The same password, whichever way a keyboard composes its characters."""
    return unicodedata.normalize("NFKC", password)


def require_good(password: str, *known: str) -> None:
    """Refuse a password that is easily guessed. known: what everybody knows of the person (name, mail address).

    :raises Invalid: saying what is wrong with it, never repeating it.
    """
    if found := list(_faults(password, known)):
        raise Invalid(found[0], [Problem("password", "weak", each) for each in found])


def _faults(password: str, known: tuple[str, ...]) -> Iterator[str]:
    if len(password) < SHORTEST:
        yield _("A password has at least %(n)s characters.", n=SHORTEST)
    if len(password) > LONGEST:
        yield _("A password has at most %(n)s characters.", n=LONGEST)
    if password and len(set(password)) < 5:
        yield _("This password repeats the same few characters; use more different ones.")
    said = fold(password)
    words = {part for each in known for part in (fold(each), fold(each.partition("@")[0])) if len(part) > 3}
    if any(word in said for word in words):
        yield _("A password must not contain your name or mail address.")
