import { beforeEach, expect, test, vi } from "vitest";
import { History } from "./history";
import { reachedBy, recalled, remember } from "./memory";

const at = { person: "ann", set: "main", keys: ["entity/deal"] };
const now = (label: string) => ({ "entity/deal": { label } });
const step = (text: string, ...more: string[]) => ({ text, before: now("A"), after: { ...now("B"), ...Object.fromEntries(more.map((key) => [key, {}])) } });

beforeEach(() => localStorage.clear());

test("steps are there again on the next page", () => {
  remember(at, new History([step("one")]), now("B"));
  expect(recalled(at, now("B")).undo()?.text).toBe("one");
});

test("steps are forgotten when somebody else has edited the definition, or in another change set", () => {
  remember(at, new History([step("one")]), now("B"));
  expect(recalled(at, now("C")).canUndo).toBe(false);
  expect(recalled({ ...at, set: "spring" }, now("B")).canUndo).toBe(false);
});

test("steps are nobody else's", () => {
  remember(at, new History([step("one")]), now("B"));
  expect(recalled({ ...at, person: "ben" }, now("B")).canUndo).toBe(false);
});

test("a step that reached further is remembered while those definitions are as it left them", () => {
  const form = { "form/deal.main": {} };
  remember(at, new History([step("one"), step("renamed", "form/deal.main")]), { ...now("B"), ...form });
  expect(reachedBy(at)).toEqual(["entity/deal", "form/deal.main"]);
  expect(recalled(at, { ...now("B"), ...form }).undo()?.text).toBe("renamed");
  expect(recalled(at, { ...now("B"), "form/deal.main": { label: "C" } }).canUndo).toBe(false);
});

test("what was done after a step that reached further is remembered whatever became of those definitions", () => {
  remember(at, new History([step("one"), step("renamed", "form/deal.main"), step("three")]), { ...now("B"), "form/deal.main": {} });
  const history = recalled(at, { ...now("B"), "form/deal.main": { label: "C" } });
  expect([history.undo()?.text, history.undo()]).toEqual(["three", undefined]);
});

test("however many steps there are, they are there again", () => {
  const steps = Array.from({ length: 700 }, (_none, number) => ({ text: `${number}`, before: now(`${number}`), after: now(`${number + 1}`) }));
  remember(at, new History(steps), now("700"));
  const history = recalled(at, now("700"));
  expect(Array.from({ length: 700 }, () => history.undo()?.text).at(-1)).toBe("0");
});

test("where the browser has no more room, the histories of other definitions go first, then the oldest steps", () => {
  localStorage.setItem("other", "stays");
  remember({ ...at, keys: ["entity/account"] }, new History([step("one")]), now("B"));
  const real = localStorage;
  const full = (name: string, text: string) => {
    if (text.length > 260) throw new Error("full");
    real.setItem(name, text);
  };
  vi.stubGlobal("localStorage", new Proxy(real, { get: (target, name) => (name === "setItem" ? full : name === "removeItem" ? (key: string) => target.removeItem(key) : Reflect.get(target, name)) }));
  const steps = Array.from({ length: 8 }, (_none, number) => ({ text: `${number}`, before: now(`${number}`), after: now(`${number + 1}`) }));
  remember(at, new History(steps), now("8"));
  vi.unstubAllGlobals();
  expect(localStorage.getItem("sartor history ann main entity/account")).toBe(null);
  expect(localStorage.getItem("other")).toBe("stays");
  const history = recalled(at, now("8"));
  expect([history.undo()?.text, history.undo()?.text, history.canUndo]).toEqual(["7", "6", false]);
});
