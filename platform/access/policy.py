"""Route policies: what a request must be before a handler runs. Every route declares one; none is assumed."""

from __future__ import annotations

from dataclasses import dataclass

from sartor.platform.access import one_time
from sartor.platform.access.context import Context
from sartor.platform.errors import Unauthenticated
from sartor.platform.text import gettext as _


@dataclass(frozen=True, slots=True)
class Policy:
    """name: for the census of routes. ability: a right that belongs to no entity, which the actor needs.

    anyone: nobody need be signed in. setup: only whoever holds the set-up link, while it holds.
    """

    name: str
    ability: str | None = None
    anyone: bool = False
    setup: bool = False

    def check(self, context: Context | None) -> None:
        """Judge who asks. context: None where nobody is signed in.

        :raises Unauthenticated: :raises Forbidden: :raises SpentLink: for the set-up without its link.
        """
        if self.setup:
            if context is None or context.actor.kind != "setup":
                raise one_time.worthless(one_time.SETUP)
            return
        if self.anyone:
            return
        if context is None or context.actor.kind == "setup":
            raise Unauthenticated(_("Please sign in."))
        if self.ability:
            context.access.require_ability(self.ability)


public = Policy("public", anyone=True)
"""Sign-in, health, public forms: what anybody may ask for."""

signed_in = Policy("signed_in")
"""Any person or token; records and fields are judged by the reader and the writer."""

setup = Policy("setup", setup=True)
"""The first administrator's page, gone once it was used."""


def ability(name: str) -> Policy:
    """Whoever has a right that belongs to no entity: `design`, `administer`, `migrate`, `share`."""
    return Policy(f"ability {name}", ability=name)
