import { expect, test } from "vitest";
import type { ConditionField, Group, Row } from "./asking";
import { added, at, isComplete, placeOf, put, rowOf, sent, withOperator, withValue } from "./tree";

const OPERATORS = [
  { key: "at_least", label: "is at least", needs: "one" as const },
  { key: "between", label: "is between", needs: "two" as const },
  { key: "is_blank", label: "is blank", needs: "nothing" as const },
  { key: "in_period", label: "is in", needs: "period" as const },
];
const FIELD: ConditionField = { path: "amount", text: "Amount", label: "Amount", icon: "coin", leads: false, system: false, type: "text", settable: true, read_only: false, operators: OPERATORS, asks: { kind: "number", options: [], entities: [] }, periods: [["today", "today"]] };
const ROW = withValue(rowOf(FIELD), 0, "5");
const TREE: Group = { join: "and", items: [rowOf(FIELD), ROW, { join: "or", items: [rowOf(FIELD), { ...ROW, text: "amount >= 5" }] }] };

test("a row waits for its value and is not sent before", () => {
  expect([isComplete(rowOf(FIELD)), isComplete(ROW), isComplete(withOperator(rowOf(FIELD), "is_blank"))]).toEqual([false, true, true]);
  expect(sent(TREE)).toEqual({ join: "and", items: [{ path: "amount", operator: "at_least", values: ["5"] }, { join: "or", items: [{ text: "amount >= 5" }] }] });
});

test("a fault of what was sent is shown at the row that it belongs to", () => {
  expect(placeOf(TREE, "items/0/values")).toEqual([1]);
  expect(placeOf(TREE, "items/1/items/0/values")).toEqual([2, 1]);
});

test("values stay where another operator means the same by them", () => {
  const read = { ...ROW, text: "amount >= 5" } as Row;
  expect(withOperator(read, "between")).toMatchObject({ operator: "between", values: ["5"] });
  expect(withOperator(read, "in_period").values).toEqual(["today"]);
  expect(withOperator(read, "between").text).toBeUndefined();
});

test("items are put, added and taken out; a group that is left empty goes", () => {
  expect(at(put(TREE, [2, 0], ROW), [2, 0])).toEqual(ROW);
  expect((at(added(TREE, [2], ROW), [2]) as Group).items).toHaveLength(3);
  const one = put(TREE, [2, 0], undefined);
  expect(put(one, [2, 0], undefined).items).toHaveLength(2);
  expect(put(TREE, [], { join: "or", items: [] })).toEqual({ join: "or", items: [] });
});
