import { expect, test } from "vitest";
import { at, pathOf, pointer, put, same, withoutEngineKeys, type Definition } from "./json";

const deal: Definition = { label: "Deal", fields: { name: { type: "text" }, amount: { type: "money", options: { minimum: 0 } } } };

test("a place is read and written without touching the rest", () => {
  const next = put(deal, ["fields", "amount", "options", "minimum"], 5) as Definition;
  expect(at(next, ["fields", "amount", "options", "minimum"])).toBe(5);
  expect(at(deal, ["fields", "amount", "options", "minimum"])).toBe(0);
  expect(at(next, ["fields", "name"])).toBe(at(deal, ["fields", "name"]));
});

test("objects on the way are made, and nothing is taken out by undefined", () => {
  expect(put({}, ["fields", "x", "options", "scale"], 2)).toEqual({ fields: { x: { options: { scale: 2 } } } });
  expect(at(put(deal, ["fields", "name"], undefined), ["fields"])).toEqual({ amount: { type: "money", options: { minimum: 0 } } });
});

test("pointers are written and read back", () => {
  expect(pathOf(pointer(["fields", "a/b", "c~d"]))).toEqual(["fields", "a/b", "c~d"]);
});

test("two values are the same whatever the order of their keys", () => {
  expect(same({ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 })).toBe(true);
  expect(same({ a: 1 }, { a: 1, b: undefined as never })).toBe(false);
});

test("what the engine keeps does not travel", () => {
  expect(withoutEngineKeys({ stored_as: "deal", fields: { x: { type: "text", stored_as: "x" } } })).toEqual({ fields: { x: { type: "text" } } });
});

test("a part may be called as what every object of the language has", () => {
  expect(at({ fields: {} }, ["fields", "constructor"])).toBeUndefined();
  expect(same({ fields: {} }, { fields: { constructor: 1 } })).toBe(false);
  expect(withoutEngineKeys({ choices: { stored_as: { label: "Stored as" } } })).toEqual({ choices: { stored_as: { label: "Stored as" } } });
});
