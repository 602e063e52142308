"""What a lint rule is: one thing that is probably not meant, looked for in a whole design that holds together.

A rule reads a `Subject` and yields findings; it changes nothing. `example` is a small design in which it finds
something: the contract tests run it, and apply the fix. A rule has a fix for all that it finds, or says why not.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar

from sartor.platform.linting.finding import Edit, Finding, Fix, Severity, both
from sartor.platform.linting.subject import Subject
from sartor.platform.registry import Plugin
from sartor.platform.text import Label


class Rule(Plugin):
    """Subclass in a module of `rules`. key: the code (`L101`); label: what it finds, in a few words.

    unmended: why what it finds, or some of it, has no fix and nothing to choose from; None where everything has.
    """

    severity: ClassVar[Severity]
    unmended: ClassVar[Label | None]
    icon: ClassVar[str] = "alert-triangle"
    options_schema: ClassVar[dict[str, Any]] = {"type": "object", "additionalProperties": False}
    example: ClassVar[Mapping[str, Any]]

    @abstractmethod
    def find(self, subject: Subject) -> Iterator[Finding]:
        """Every place where it is so."""

    def finding(
        self, key: str, pointer: str, say: Callable[[], str], fix: Fix | None = None, offers: Iterable[Fix] = ()
    ) -> Finding:
        return Finding(self.key, self.severity, key, pointer, both(say), fix, tuple(offers))


def offer(name: str, say: Callable[[], str], *edits: Edit) -> Fix:
    """One of several ways to mend it, between which a person chooses."""
    return Fix(both(say), edits, name)


def fix(say: Callable[[], str], *edits: Edit) -> Fix:
    return Fix(both(say), edits)
