"""The blueprints that ship: they pass the check, say everything in both languages, and their samples fit together."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from sartor.platform.definitions.compile import Compiler
from sartor.platform.definitions.documents import canonical
from sartor.platform.definitions.extensions import Extensions
from sartor.platform.definitions.json_text import strict_json
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.fields.base import ColumnKind
from sartor.platform.fields.choosing import Choices
from sartor.platform.linting.linter import Linter
from sartor.platform.model import Field, Model
from sartor.platform.packaging.files.check import check_folder
from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.packaging.installing.compose import compose
from sartor.platform.packaging.installing.uninstall import KEEP, uninstalling
from sartor.platform.packaging.scenarios.asked import run_folder

ROOT = Path(__file__).parents[2]
STOCK = [ROOT / "blueprints" / name for name in ("base", "sales")]
FOLDERS = [*STOCK, ROOT / "docs" / "tutorial" / "hardware"]
KINDS = Kinds(Extensions.stock().seal())
COMPANIONS = {"key", "roles"}
MOMENTS = (ColumnKind.DATE, ColumnKind.INSTANT)
DAY = re.compile(r"([+-]?\d+d|month([+-]\d+)?( [+-]\d+d)?|\d{4}-\d\d-\d\d)( \d\d:\d\d)?")

Row = dict[str, str]


@pytest.fixture(scope="module")
def blueprints() -> list[Blueprint]:
    return [read_folder(folder) for folder in STOCK]


@pytest.fixture(scope="module")
def model(blueprints: list[Blueprint]) -> Model:
    return Compiler(KINDS).compile(compose(blueprints), 1)


@pytest.fixture(scope="module")
def samples(blueprints: list[Blueprint]) -> dict[str, list[Row]]:
    """Rows by entity, or by `entity.stages`."""
    found: dict[str, list[Row]] = defaultdict(list)
    for blueprint in blueprints:
        for name, text in blueprint.tables["samples"].items():
            found[name] += csv.DictReader(StringIO(text, newline=""))
    return found


def entities(samples: dict[str, list[Row]]) -> Iterator[tuple[str, list[Row]]]:
    return ((name, rows) for name, rows in samples.items() if "." not in name)


def cells(samples: dict[str, list[Row]], model: Model) -> Iterator[tuple[Field, str]]:
    """Every filled cell with its field; a part of an address or an amount is left out."""
    for entity, rows in entities(samples):
        fields = model.entity(entity).fields
        for row in rows:
            yield from ((fields[name], text) for name, text in row.items() if text and name in fields)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_it_passes_the_check(folder: Path) -> None:
    assert check_folder(folder, KINDS, STOCK) == []


@pytest.mark.parametrize("level", ["L1", "L2", "L3"])
def test_it_can_be_taken_out_with_its_data_kept(blueprints: list[Blueprint], level: str) -> None:
    """What stays holds together: a transition that only some roles may make, say, keeps those roles."""
    design = compose(blueprints)
    for name in ("base", "sales"):
        design[f"blueprint/{name}"] = {**design[f"blueprint/{name}"], "level": level}
    for name in ("sales", "base"):
        design = dict(uninstalling(design, KINDS, name, KEEP).documents)
        assert Compiler(KINDS).compile(design, 1).entities


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_its_files_are_canonical(folder: Path) -> None:
    for path in folder.rglob("*.json"):
        assert path.read_text("utf-8") == canonical(strict_json(path.read_bytes())), path


def test_sample_columns_are_fields(samples: dict[str, list[Row]], model: Model) -> None:
    for entity, rows in entities(samples):
        named = {name.split(".")[0] for row in rows for name in row} - COMPANIONS
        assert named <= set(model.entity(entity).fields), entity


def test_sample_keys_point_to_rows(samples: dict[str, list[Row]], model: Model) -> None:
    known = {entity: {row["key"] for row in rows} for entity, rows in entities(samples)}
    for field, text in cells(samples, model):
        targets = field.type.targets(field)
        if targets:
            for said in text.split("; "):
                entity, _colon, key = said.rpartition(":")
                assert key in known[entity or targets[0]], (field, said)


def test_sample_choices_are_known(samples: dict[str, list[Row]], model: Model) -> None:
    for field, text in cells(samples, model):
        if isinstance(field.details, Choices):
            assert set(text.split("; ")) <= set(field.details), (field, text)


def test_sample_days_are_relative(samples: dict[str, list[Row]], model: Model) -> None:
    for field, text in cells(samples, model):
        if any(column.kind in MOMENTS for column in field.type.columns(field)[:1]):
            assert DAY.fullmatch(text), (field, text)


@pytest.mark.parametrize(("entity", "stage"), [("deal", "stage"), ("lead", "status"), ("contract", "status")])
def test_stage_histories_end_where_the_record_is(samples: dict[str, list[Row]], entity: str, stage: str) -> None:
    last = {row["key"]: row["stage"] for row in samples[f"{entity}.stages"]}
    assert last == {row["key"]: row[stage] for row in samples[entity]}


def test_every_way_of_losing_occurs(samples: dict[str, list[Row]], model: Model) -> None:
    reasons = Counter(row["loss_reason"] for row in samples["deal"] if row["stage"] == "lost")
    assert set(reasons) == set(model.options["loss_reason"].choices)


JUSTIFIED = {
    ("L202", "pipeline/lead"): "a lead is never won: a qualified one becomes a deal, which may be",
    ("L202", "pipeline/refund"): "a refund that is not paid out is deleted as a draft",
}


def test_the_linter_finds_nothing_that_is_not_meant(blueprints: list[Blueprint]) -> None:
    findings = Linter(Compiler(KINDS)).lint(compose(blueprints), held=())
    assert {(each.code, each.key): each.message for each in findings}.keys() == JUSTIFIED.keys()


@pytest.mark.parametrize("level", ["L1", "L2"])
def test_no_page_shows_what_its_level_has_not_switched_on(blueprints: list[Blueprint], level: str) -> None:
    documents = compose(blueprints)
    for each in blueprints:
        documents[f"blueprint/{each.name}"]["level"] = level
    assert [each for each in Linter(Compiler(KINDS)).lint(documents) if each.code == "L306"] == []


@pytest.mark.parametrize("folder", STOCK, ids=lambda each: each.name)
def test_the_scenarios_hold(folder: Path) -> None:
    results = run_folder(folder, [each for each in STOCK if each != folder])
    assert [(each.scenario.name, each.problems) for each in results if not each.held] == []
    assert len(results) >= 2
