import { beforeEach, expect, test } from "vitest";
import { History } from "./history";
import { reachedBy, recalled, remember } from "./memory";

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

test("a step that reached further is remembered while those definitions are as it left them", () => {
  const form = { "form/deal.main": {} };
  remember("main", KEYS, new History([step("one"), step("renamed", "form/deal.main")]), { ...now("B"), ...form });
  expect(reachedBy("main", KEYS)).toEqual(["entity/deal", "form/deal.main"]);
  expect(recalled("main", KEYS, { ...now("B"), ...form }).undo()?.text).toBe("renamed");
  expect(recalled("main", KEYS, { ...now("B"), "form/deal.main": { label: "C" } }).canUndo).toBe(false);
});

test("what was done after a step that reached further is remembered whatever became of those definitions", () => {
  remember("main", KEYS, new History([step("one"), step("renamed", "form/deal.main"), step("three")]), { ...now("B"), "form/deal.main": {} });
  const history = recalled("main", KEYS, { ...now("B"), "form/deal.main": { label: "C" } });
  expect([history.undo()?.text, history.undo()]).toEqual(["three", undefined]);
});
