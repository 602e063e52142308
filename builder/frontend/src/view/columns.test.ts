import { expect, test } from "vitest";
import { termsOf } from "../panel/ordering";
import { added, columnsOf, moved, pathOf, retyped, sorted, without } from "./columns";

const VIEW = { entity: "deal", type: "board", options: { page: 10 }, columns: { name: { order: 10 }, amount: { order: 20 } } };
const keys = (view: object) => columnsOf(view as never).map(([key]) => key);

test("a field is a column by its own name, between its neighbours", () => {
  const made = added(VIEW, "stage", 1);
  expect(keys(made.view)).toEqual(["name", "stage", "amount"]);
  expect(made.view.columns).toMatchObject({ stage: { order: 15 } });
});

test("a path through a lookup gets a key, and so does a field that is there twice", () => {
  const { view, name } = added(VIEW, "account.name", 0);
  expect(columnsOf(view).map(([key, column]) => pathOf(key, column))).toEqual(["account.name", "name", "amount"]);
  expect(name).toBe("account_name");
  expect(added(VIEW, "name", 9).view.columns).toMatchObject({ name_2: { path: "name", order: 30 } });
});

test("a column moves and goes, the others stay", () => {
  expect(keys(moved(VIEW, "amount", 0))).toEqual(["amount", "name"]);
  expect(keys(moved(VIEW, "amount", 7))).toEqual(["name", "amount"]);
  expect(keys(without(VIEW, "name"))).toEqual(["amount"]);
});

test("another type leaves the options of the old one behind", () => {
  expect(retyped(VIEW, "list")).not.toHaveProperty("options");
});

test("terms are read and written with their minus sign, and no term is no sort", () => {
  expect(termsOf({ sort: ["-amount", "name"] })).toEqual([{ path: "amount", descending: true }, { path: "name", descending: false }]);
  expect(sorted({}, [{ path: "amount", descending: true }])).toEqual({ sort: ["-amount"] });
  expect(sorted({ sort: ["name"] }, [])).toEqual({});
});
