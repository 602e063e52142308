import { beforeEach, expect, test, vi } from "vitest";
import { History } from "./history";
import type { Definitions } from "./json";
import { inheritedSteps, reachedBy, recalled as recall, remember, type Place } from "./memory";

const at = { person: "ann", set: "main", keys: ["entity/deal"] };
const now = (label: string) => ({ "entity/deal": { label } });
const step = (text: string, ...more: string[]) => ({ text, before: now("A"), after: { ...now("B"), ...Object.fromEntries(more.map((key) => [key, {}])) } });

const recalled = async (place: Place, documents: Definitions) => recall(await inheritedSteps(place), documents);

beforeEach(() => localStorage.clear());

test("steps are there again on the next page", async () => {
  remember(at, new History([step("one")]), now("B"));
  expect((await recalled(at, now("B"))).undo()?.text).toBe("one");
});

test("steps are forgotten when somebody else has edited the definition, or in another change set", async () => {
  remember(at, new History([step("one")]), now("B"));
  expect((await recalled(at, now("C"))).canUndo).toBe(false);
  expect((await recalled({ ...at, set: "spring" }, now("B"))).canUndo).toBe(false);
});

test("steps are nobody else's", async () => {
  remember(at, new History([step("one")]), now("B"));
  expect((await recalled({ ...at, person: "ben" }, now("B"))).canUndo).toBe(false);
});

test("a step that reached further is remembered while those definitions are as it left them", async () => {
  const form = { "form/deal.main": {} };
  remember(at, new History([step("one"), step("renamed", "form/deal.main")]), { ...now("B"), ...form });
  expect(reachedBy(await inheritedSteps(at))).toEqual(["entity/deal", "form/deal.main"]);
  expect((await recalled(at, { ...now("B"), ...form })).undo()?.text).toBe("renamed");
  expect((await recalled(at, { ...now("B"), "form/deal.main": { label: "C" } })).canUndo).toBe(false);
});

test("what was done after a step that reached further is remembered whatever became of those definitions", async () => {
  remember(at, new History([step("one"), step("renamed", "form/deal.main"), step("three")]), { ...now("B"), "form/deal.main": {} });
  const history = await recalled(at, { ...now("B"), "form/deal.main": { label: "C" } });
  expect([history.undo()?.text, history.undo()]).toEqual(["three", undefined]);
});

test("however many steps there are, they are there again", async () => {
  const steps = Array.from({ length: 700 }, (_none, number) => ({ text: `${number}`, before: now(`${number}`), after: now(`${number + 1}`) }));
  remember(at, new History(steps), now("700"));
  const history = await recalled(at, now("700"));
  expect(Array.from({ length: 700 }, () => history.undo()?.text).at(-1)).toBe("0");
});

test("where the browser has no more room, the histories of other definitions go first, then the oldest steps", async () => {
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
  expect(Object.keys(localStorage).filter((name) => name.includes("entity/account"))).toEqual([]);
  expect(localStorage.getItem("other")).toBe("stays");
  const history = await recalled(at, now("8"));
  expect([history.undo()?.text, history.undo()?.text, history.canUndo]).toEqual(["7", "6", false]);
});

test("steps beside which somebody else has edited are remembered, and leave his edits alone", async () => {
  remember(at, new History([step("one")]), now("B"));
  expect((await recalled(at, { "entity/deal": { label: "B", description: "his" } })).undo()?.text).toBe("one");
});

test("each tab has steps of its own, and a new one goes on with those of the last one that is gone", async () => {
  const steps = async (text: string, open: string[]) => {
    vi.resetModules();
    vi.stubGlobal("navigator", { locks: { request: () => undefined, query: () => Promise.resolve({ held: open.map((tab) => ({ name: `sartor open ${tab}` })) }) } });
    const tab = { ...(await import("./memory")), id: (await import("@ui/tabs")).TAB };
    const found = tab.recalled(await tab.inheritedSteps(at), now("B"));
    if (text) tab.remember(at, new History([step(text)]), now("B"));
    return { id: tab.id, found: found.undo()?.text };
  };
  const one = await steps("one", []);
  const two = await steps("two", [one.id]);
  const three = await steps("", [one.id]);
  const four = await steps("", [one.id, three.id]);
  vi.unstubAllGlobals();
  expect([two.found, three.found, four.found]).toEqual([undefined, "two", undefined]);
});
