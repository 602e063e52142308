"""`sartor query`: records on the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import click

from sartor.platform.fields.currencies import said_of_several
from sartor.platform.model import SEVERAL
from sartor.platform.query.question import Question, Sum
from sartor.platform.text import language
from sartor.runtime.cli.common import as_json, as_person, command, table, write_json
from sartor.runtime.cli.opening import acting, opened


@click.command()
@click.argument("entity")
@click.option("--filter", "condition", help="A condition in the expression language.")
@click.option("--sort", help="Fields, with a minus sign to turn the order: -amount,name")
@click.option("--fields", help="Fields and paths: name,account.name")
@click.option("--limit", default=50, show_default=True, help="Records at most.")
@click.option("--group", help="Group by fields, dates by bucket: stage,closed_at:month")
@click.option("--measure", help="Aggregates: sum(amount),count()")
@as_person
@as_json
@command
def query(entity: str, group: str | None, measure: str | None, person: str | None, json: bool, **asked: Any) -> None:
    """Records of an entity, or numbers over them."""
    with opened() as workspace:
        serving, context = workspace.serving(), acting(workspace, person, "command line: query")
        names = serving.names.of(context)
        names.entity(entity)
        figures: set[str] = set()
        conditions = names.conditions(entity, [asked["condition"]])
        if group or measure:
            question = Sum(entity, names.measures(entity, measure), names.groups(entity, group), conditions, coins=True)
            labels = [each.text for each in question.measures]
            heads = [".".join(each.path) for each in question.groups] + labels
            found = serving.reader.sum(context, question)
            rows = [_summed(heads, labels, row) for row in found]
            figures = set(labels)
        else:
            paths = names.paths(entity, asked["fields"])
            wanted = Question(entity, paths, conditions, sort=names.terms(entity, asked["sort"]), limit=asked["limit"])
            heads = [".".join(path) for path in paths]
            rows = serving.reader.page(context, wanted).rows
    if json:
        write_json(rows)
    else:
        table(
            heads,
            [[_figure(row, head) if head in figures else _shown(row.get(head)) for head in heads] for row in rows],
        )


def _summed(heads: Sequence[str], labels: Sequence[str], row: Sequence[Any]) -> dict[str, Any]:
    """Numbers by name; the currencies of amounts stand behind them."""
    coins = {name: coin for name, coin in zip(labels, row[len(heads) :], strict=True) if coin}
    return dict(zip(heads, row, strict=False)) | ({"currencies": coins} if coins else {})


def _figure(row: Mapping[str, Any], head: str) -> str:
    """A sum for people, in its currency: the zeros behind the point say nothing."""
    value, currency = row[head], row.get("currencies", {}).get(head, "")
    if currency == SEVERAL:
        return said_of_several(language())
    if value is None:
        return ""
    text = f"{Decimal(value):f}" if isinstance(value, (str, Decimal)) else str(value)
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} {currency}".rstrip()


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return str(value["title"]) if "title" in value else " ".join(str(each) for each in value.values() if each)
    if isinstance(value, list):
        return ", ".join(_shown(each) for each in value)
    return "" if value is None else str(value)
