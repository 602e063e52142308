import { expect, test } from "vitest";
import { founded, measured, moved, redrawn, spots, without, withDimension, withMeasure, type Chart, type Where } from "./pivot";

const chart = (key: string, more: object): Chart => ({ key, label: key, icon: "", dimensions: [0, 3], measures: [1, 4], series: false, crossed: false, ...more });
const BAR = chart("bar", { dimensions: [1, 2], series: true });
const TABLE = chart("table", { crossed: true });
const PIE = chart("pie", { dimensions: [1, 1] });
const REPORT = {
  chart: "bar", dimensions: { stage: { order: 10 }, owner: { order: 20 } }, measures: { count: { formula: "count()", order: 10 } }, filter: "amount > 1 and stage = 'won'", sort: ["-count", "owner"], options: { stacked: true },
};
const on = (report: object, where: Where, drawn = BAR) => spots(report as never, drawn).filter((each) => each.where === where).map((each) => each.key);
const spot = (report: object, name: string, drawn = BAR) => spots(report as never, drawn).find((each) => each.name === name)!;

test("the second dimension of a chart with colours runs across, and in a table only the one that says so", () => {
  expect([on(REPORT, "rows"), on(REPORT, "columns")]).toEqual([["stage"], ["owner"]]);
  expect([on(REPORT, "rows", TABLE), on(REPORT, "columns", TABLE)]).toEqual([["stage", "owner"], []]);
  expect(spots(REPORT as never, BAR).map((each) => each.name)).toEqual(["dimensions/stage", "dimensions/owner", "measures/count", "filter/0", "filter/1"]);
});

test("a dimension moves between rows and columns, and the one that was there gives way", () => {
  const turned = moved(REPORT, BAR, spot(REPORT, "dimensions/stage"), { where: "columns", index: 0 });
  expect([on(turned, "rows"), on(turned, "columns")]).toEqual([["owner"], ["stage"]]);
  expect(turned.dimensions).toMatchObject({ stage: { across: true } });
  const back = moved(turned, BAR, spot(turned, "dimensions/stage"), { where: "rows", index: 1 });
  expect([on(back, "rows"), on(back, "columns")]).toEqual([["stage"], ["owner"]]);
  const rows = moved(REPORT, TABLE, spot(REPORT, "dimensions/owner", TABLE), { where: "rows", index: 0 });
  expect(on(rows, "rows", TABLE)).toEqual(["owner", "stage"]);
});

test("a dimension out of the palette gets a key, a path and its days", () => {
  const { report, name } = withDimension(REPORT, TABLE, { path: "account.industry", more: {}, where: "columns", index: 0 });
  expect(name).toBe("dimensions/account_industry");
  expect(report.dimensions).toMatchObject({ account_industry: { path: "account.industry", across: true } });
  const days = withDimension(REPORT, TABLE, { path: "close_on", more: { bucket: "month" }, where: "rows", index: 0 });
  expect(on(days.report, "rows", TABLE)).toEqual(["close_on", "stage", "owner"]);
  expect(days.report.dimensions).toMatchObject({ close_on: { bucket: "month" } });
});

test("what is taken out leaves the order, too, and the others where they stand", () => {
  const left = without(REPORT, BAR, spot(REPORT, "dimensions/owner"));
  expect(left.sort).toEqual(["-count"]);
  expect(without(REPORT, BAR, spot(REPORT, "filter/0")).filter).toBe("stage = 'won'");
  const columns = without(REPORT, BAR, spot(REPORT, "dimensions/stage"));
  expect(on(columns, "columns")).toEqual(["owner"]);
});

test("another chart keeps what runs across where it can, and no options", () => {
  const table = redrawn(REPORT, BAR, TABLE);
  expect(on(table, "columns", TABLE)).toEqual(["owner"]);
  expect(table).not.toHaveProperty("options");
  expect(redrawn(table, TABLE, PIE).dimensions).toMatchObject({ owner: { order: 20 } });
  expect(JSON.stringify(redrawn(table, TABLE, PIE))).not.toContain("across");
});

test("measures have keys of their own, and a plain one says which field it is about", () => {
  const made = withMeasure(REPORT, { formula: "sum(amount)" }, "count", 0);
  expect(made.name).toBe("measures/count_2");
  expect(on(made.report, "measures")).toEqual(["count_2", "count"]);
  expect([measured("sum(base(account.size))"), measured("count()"), measured("sum(a) / sum(b)")]).toEqual(["account.size", undefined, undefined]);
});

test("another entity begins with a count", () => {
  expect(founded(REPORT, "account", { formula: "count()" })).toEqual({ chart: "bar", entity: "account", options: { stacked: true }, measures: { count: { formula: "count()", order: 10 } } });
});
