"""The sample records of a blueprint, taken out again by whoever may bring records in."""

from __future__ import annotations

from collections.abc import Iterator

from flask import redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from sartor.builder.bench import Bench, bench
from sartor.builder.routes import route
from sartor.platform.packaging.installing.install import require_installed
from sartor.platform.packaging.samples.removing import remove_samples
from sartor.platform.storage import shipped
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext
from sartor.platform.ui.format import number
from sartor.platform.ui.pages.parts import Action


@route("/blueprints/<name>/samples", methods=["POST"])
def take_samples_out(name: str) -> AnyResponse:
    here = bench()
    here.context.access.require_ability("migrate")
    require_installed(here.published, name)
    remove_samples(here.workspace, name)
    return redirect(url_for("builder.blueprint", name=name), 303)


def taking_out(here: Bench, name: str) -> Iterator[Action]:
    """The button that takes them out, where there are any."""
    if not here.context.access.ability("migrate"):
        return
    count = here.workspace.database.run(lambda work: len(shipped.samples(work, name)))
    if count:
        yield Action(
            text=ngettext("Take out its sample record", "Take out its %(n)s sample records", count, n=number(count)),
            url=url_for("builder.take_samples_out", name=name),
            method="post",
            icon="database",
            confirm=_("They go into the recycle bin; that may take a minute. What your own records need stays."),
        )
