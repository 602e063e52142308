import { beforeEach, expect, test } from "vitest";
import { History } from "./history";
import { recalled, remember } from "./memory";

const KEYS = ["entity/deal"];
const now = (label: string) => ({ "entity/deal": { label } });
const step = (text: string, ...more: string[]) => ({ text, before: now("A"), after: { ...now("B"), ...Object.fromEntries(more.map((key) => [key, {}])) } });

beforeEach(() => sessionStorage.clear());

test("steps are there again on the next page", () => {
  remember("main", KEYS, new History([step("one")]), now("B"));
  expect(recalled("main", KEYS, now("B")).undo()?.text).toBe("one");
});

test("steps are forgotten when somebody else has edited the definition, or in another change set", () => {
  remember("main", KEYS, new History([step("one")]), now("B"));
  expect(recalled("main", KEYS, now("C")).canUndo).toBe(false);
  expect(recalled("spring", KEYS, now("B")).canUndo).toBe(false);
});

test("a step that reached further, and what lies behind it, is not remembered", () => {
  remember("main", KEYS, new History([step("one"), step("renamed", "form/deal.main"), step("three")]), now("B"));
  const history = recalled("main", KEYS, now("B"));
  expect([history.undo()?.text, history.undo()]).toEqual(["three", undefined]);
});
