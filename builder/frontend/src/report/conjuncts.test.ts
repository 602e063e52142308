import { expect, test } from "vitest";
import { conjuncts, joined } from "./conjuncts";

test("conditions are parted at `and`, but not inside brackets, quotes or between", () => {
  expect(conjuncts("stage = 'won and lost' and amount between 1 and 5 and any_of(tags, ['a and b'])")).toEqual(["stage = 'won and lost'", "amount between 1 and 5", "any_of(tags, ['a and b'])"]);
});

test("what reads `or` is one condition", () => {
  expect(conjuncts("a = 1 or b = 2 and c = 3")).toEqual(["a = 1 or b = 2 and c = 3"]);
  expect(conjuncts("(a = 1 or b = 2) and c = 3")).toEqual(["(a = 1 or b = 2)", "c = 3"]);
  expect(conjuncts("  ")).toEqual([]);
});

test("conditions are put together, an `or` in brackets", () => {
  expect(joined(["a = 1 or b = 2", "c = 3"])).toBe("(a = 1 or b = 2) and c = 3");
  expect(joined(["a = 1 or b = 2"])).toBe("a = 1 or b = 2");
  expect(joined([""])).toBeUndefined();
});
