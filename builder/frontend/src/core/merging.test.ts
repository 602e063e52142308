import { expect, test } from "vitest";
import { merged } from "./merging";

const BASE = { label: "Deal", fields: { name: { label: "Name", order: 1 }, size: { type: "text", options: { lines: 2 } } } };

test("what each changed by himself goes together", () => {
  const mine = { ...BASE, fields: { ...BASE.fields, name: { label: "Title", order: 1 } } };
  const theirs = { description: "D", fields: { name: { label: "Name", order: 3 }, town: { type: "text" } } };
  expect(merged(BASE, mine, theirs)).toEqual({ value: { description: "D", fields: { name: { label: "Title", order: 3 }, town: { type: "text" } } }, clashes: [] });
});

test("where both changed the same, mine stands and the place is told", () => {
  expect(merged(BASE, { ...BASE, label: "Mine" }, { ...BASE, label: "Theirs" })).toEqual({ value: { ...BASE, label: "Mine" }, clashes: [["label"]] });
  expect(merged(BASE, { ...BASE, label: "Same" }, { ...BASE, label: "Same" }).clashes).toEqual([]);
  expect(merged(BASE, { ...BASE, label: "Mine" }, null).clashes).toEqual([[]]);
});

test("another type does not go with other options", () => {
  const typed = { ...BASE, fields: { ...BASE.fields, size: { type: "integer" } } };
  const other = { ...BASE, fields: { ...BASE.fields, size: { type: "text", options: { lines: 5 } } } };
  expect(merged(BASE, typed, other).clashes).toEqual([["fields", "size"]]);
  expect(merged(BASE, typed, { ...BASE, label: "Theirs" }).clashes).toEqual([]);
});

test("a field may be called as what every object of the language has", () => {
  const field = { type: "text" };
  expect(merged({ fields: {} }, { fields: { constructor: field } }, { fields: { more: field } })).toEqual({ value: { fields: { constructor: field, more: field } }, clashes: [] });
  expect(merged({ fields: { constructor: field } }, { fields: {} }, { fields: { constructor: field, more: field } })).toEqual({ value: { fields: { more: field } }, clashes: [] });
});
