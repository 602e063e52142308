// Rows and groups of conditions as a query builder changes them: each function makes a new tree out of the old one.
import type { ConditionField, Group, Item, Join, Operator, Row } from "./asking";

/** Where an item stands: numbers from the outermost group inwards. */
export type Way = readonly number[];

export const EMPTY: Group = { join: "and", items: [] };

export function isGroup(item: Item): item is Group {
  return "items" in item;
}

export function isRow(item: Item): item is Row {
  return "path" in item;
}

/** Whether `not` stands before such a group. */
export function isTurned(join: Join): boolean {
  return join === "nor" || join === "nand";
}

/** The tree with another item at a place; undefined takes it out, and a group that is left empty with it. */
export function put(tree: Group, [first, ...rest]: Way, item: Item | undefined): Group {
  if (first === undefined) return item && isGroup(item) ? item : tree;
  const inner = tree.items[first];
  const next = rest.length && inner && isGroup(inner) ? put(inner, rest, item) : item;
  const kept = next && !(isGroup(next) && !next.items.length && rest.length) ? [next] : [];
  return { ...tree, items: [...tree.items.slice(0, first), ...kept, ...tree.items.slice(first + 1)] };
}

export function at(tree: Group, way: Way): Item | undefined {
  return way.reduce<Item | undefined>((here, place) => (here && isGroup(here) ? here.items[place] : undefined), tree);
}

/** The tree with another item at the end of a group. */
export function added(tree: Group, way: Way, item: Item): Group {
  const group = at(tree, way);
  return group && isGroup(group) ? put(tree, way, { ...group, items: [...group.items, item] }) : tree;
}

/** A row about a field, with what is said of it most often. */
export function rowOf(field: ConditionField): Row {
  const { path, label, operators, asks, periods } = field;
  const first = operators[0];
  return { path, label, operators, asks, periods, operator: first?.key ?? "", values: startingWith(first, { periods }) };
}

/** The row with another operator; values stay as far as they mean the same there. */
export function withOperator(row: Row, key: string): Row {
  const before = operatorOf(row);
  const now = row.operators?.find((each) => each.key === key);
  const isAlike = before && now && group(before) === group(now);
  const count = now?.needs === "one" ? 1 : now?.needs === "two" ? 2 : undefined;
  const values = isAlike ? row.values.slice(0, count) : startingWith(now, row);
  return touched({ ...row, operator: key, values });
}

export function withValue(row: Row, place: number, value: string, title = ""): Row {
  const values = [...row.values];
  const titles = [...(row.titles ?? [])];
  values[place] = value;
  titles[place] = title;
  return touched({ ...row, values, titles });
}

export function withValues(row: Row, values: string[], titles: string[] = []): Row {
  return touched({ ...row, values, titles });
}

/** What somebody touched is written anew. */
function touched({ text: _text, ...row }: Row): Row {
  return row;
}

function group(operator: Operator): string {
  return ["one", "two", "many"].includes(operator.needs) ? "values" : operator.needs;
}

function startingWith(operator: Operator | undefined, about: Pick<Row, "periods">): string[] {
  return operator?.needs === "period" ? [about.periods?.[0]?.[0] ?? ""] : operator?.needs === "days" ? ["7"] : [];
}

export function operatorOf(row: Row): Operator | undefined {
  return row.operators?.find((each) => each.key === row.operator);
}

/** How many values are needed at least. */
const LEAST: Record<Operator["needs"], number> = { nothing: 0, one: 1, two: 2, many: 1, days: 1, period: 1 };

export function isComplete(item: Item): boolean {
  if (isGroup(item)) return item.items.some(isComplete);
  if (!isRow(item)) return true;
  const needs = operatorOf(item)?.needs ?? "nothing";
  return Boolean(item.text) || item.values.filter((each) => each.trim()).length >= LEAST[needs];
}

/** What is sent to be written: rows that wait for a value are left out, and so is what only the page needs. */
export function sent(tree: Group): Group {
  const items = tree.items.filter(isComplete).map((each): Item => (isGroup(each) ? sent(each) : isRow(each) ? plain(each) : { text: each.text }));
  return { join: tree.join, items };
}

function plain({ path, operator, values, text }: Row): Row | { text: string } {
  return text ? { text } : { path, operator, values: values.filter((each) => each?.trim()) };
}

/** The places of the items that are sent, in their order: where a fault that names `items/0/values` belongs. */
export function placeOf(tree: Group, field: string): Way {
  const numbers = field.split("/").filter((each) => /^\d+$/.test(each)).map(Number);
  const way: number[] = [];
  let here: Item | undefined = tree;
  for (const number of numbers) {
    if (!here || !isGroup(here)) break;
    const places: number[] = here.items.flatMap((each, place) => (isComplete(each) ? [place] : []));
    const place = places[number];
    if (place === undefined) break;
    way.push(place);
    here = here.items[place];
  }
  return way;
}
