"""A publish while an import runs: it goes on under other names, or stops with nothing half, and is taken back."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from bringing import Bringing
from workshops import Workshop, text, with_field, without_field

from sartor.platform.errors import Conflict
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.names.renaming import Rename
from sartor.platform.records.importing import importer, ledger
from sartor.platform.records.importing.ledger import Import

ROWS = 6


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importer, "in_chunks", partial(importer.in_chunks, size=4))


def rename(workshop: Workshop, *steps: Rename) -> None:
    for step in steps:
        workshop.publisher.sets.rename(step)
    workshop.publisher.publish(Publication(confirm=workshop.publisher.plan().fingerprint))


def begun(workshop: Workshop, folder: Path, key: str = "name", **more: object) -> tuple[Bringing, Import, Path]:
    """An account that is there, and an import of six rows that changes it and makes the others."""
    workshop.make("account", name="A0", tax_id="old", industry="it")
    bring = Bringing(workshop, folder, lambda: workshop.system)
    path = bring.file("name,tax_id,industry", *(f"A{number},{number},retail" for number in range(ROWS)))
    return bring, bring.begin("account", path, key=key, **more), path


def test_it_goes_on_under_other_names_and_is_taken_back_whole(workshop: Workshop, tmp_path: Path) -> None:
    bring, found, path = begun(workshop, tmp_path)

    def between(done: int, total: int | None) -> None:
        if done == 4:
            other = Rename("entity/client", "tax_no", "tax_id"), Rename("entity/client", "tax_id", "phone")
            rename(workshop, Rename("entity/account", "client", None), *other)

    assert bring.importer(found, path).run(between)["fail"] == 0
    assert workshop.rows("select count(*), count(phone), count(tax_id) from account") == [(ROWS, 0, ROWS)]
    assert bring.undo(ledger.get(workshop.database, found.id)).undone == ROWS
    kept = workshop.rows("select name, tax_id, industry from account where deleted_at is null")
    assert kept == [("A0", "old", "it")]


@pytest.mark.parametrize("renamed", [False, True])
def test_it_stops_where_a_field_is_gone_or_a_choice_is_called_otherwise(
    workshop: Workshop, tmp_path: Path, renamed: bool
) -> None:
    bring, found, path = begun(workshop, tmp_path)

    def between(done: int, total: int | None) -> None:
        if renamed:
            rename(workshop, Rename("options/industry", "shops", entry="retail"))
        else:
            workshop.publish(without_field(workshop, "tax_id"))
            workshop.publish(with_field(workshop, "tax_id", text("Another")))

    with pytest.raises(Conflict, match=r"It stopped before row 6: .* since the import began\."):
        bring.importer(found, path).run(between)
    assert len(bring.entries(found)) == 4
    workshop.database.run(lambda work: ledger.set_state(work, found.id, state="failed"))  # as its job does
    assert bring.undo(ledger.get(workshop.database, found.id)).undone == (4 if renamed else 3)


def test_rows_whose_choice_is_gone_are_refused_and_told(workshop: Workshop, tmp_path: Path) -> None:
    bring, found, path = begun(workshop, tmp_path)
    document = workshop.document("options/industry")
    del document["choices"]["retail"]
    counts = bring.importer(found, path).run(lambda done, total: workshop.publish({"options/industry": document}))
    assert counts["fail"] == 2
    assert set(bring.reasons(found)) == {6, 7}
