import { forgetHistories, makeRoom } from "@ui/histories";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

const at = { person: "ann", set: "main", keys: ["entity/deal"] };
const UNSAVED = { base: { "entity/deal": { label: "A" } }, edits: { "entity/deal": { label: "B", rules: [{}] } } };
const OTHER = { base: { "entity/deal": { label: "A" } }, edits: { "entity/deal": { label: "C" } } };
const NONE = { base: {}, edits: {} };
let hour = 0;

/** Another tab of the same browser, an hour later. */
async function opened(): Promise<typeof import("./unsaved") & { tab: string }> {
  vi.setSystemTime(new Date(2026, 0, 1, (hour += 1)));
  vi.resetModules();
  return { ...(await import("./unsaved")), tab: (await import("@ui/tabs")).TAB };
}

/** The tabs that the browser says are open. */
function stillOpen(...tabs: string[]): void {
  vi.stubGlobal("navigator", { locks: { request: () => undefined, query: () => Promise.resolve({ held: tabs.map((tab) => ({ name: `sartor open ${tab}` })) }) } });
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  sessionStorage.clear();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("what is not saved is there in the next tab, for this person, this change set and these definitions", async () => {
  (await opened()).hold(at, UNSAVED);
  const next = await opened();
  expect(await next.inherited({ ...at, person: "ben" })).toEqual(NONE);
  expect(await next.inherited({ ...at, set: "spring" })).toEqual(NONE);
  expect(await next.inherited({ ...at, keys: ["entity/account"] })).toEqual(NONE);
  expect(await next.inherited(at)).toEqual(UNSAVED);
});

test("what is saved is not held any more", async () => {
  const { hold, holdStill } = await opened();
  hold(at, UNSAVED);
  holdStill(at, NONE);
  expect(localStorage.length).toBe(0);
});

test("it makes no room for a history", async () => {
  (await opened()).hold(at, UNSAVED);
  makeRoom("any");
  expect(await (await opened()).inherited(at)).toEqual(UNSAVED);
});

test("whoever signs out leaves nothing, not even by an answer that comes late, and takes nobody else's", async () => {
  const { hold, holdStill, inherited } = await opened();
  hold(at, UNSAVED);
  hold({ ...at, person: "ben" }, OTHER);
  forgetHistories("ann");
  holdStill(at, UNSAVED);
  expect(await inherited(at)).toEqual(NONE);
  expect(await inherited({ ...at, person: "ben" })).toEqual(OTHER);
});

test("an open tab keeps its own, and the next one begins without it", async () => {
  const one = await opened();
  one.hold(at, UNSAVED);
  stillOpen(one.tab);
  const two = await opened();
  expect(await two.inherited(at)).toEqual(NONE);
  two.hold(at, OTHER);
  expect(localStorage.length).toBe(2);
});

test("of what several tabs left behind, the last goes to the next one, the rest to the one after it", async () => {
  (await opened()).hold(at, UNSAVED);
  stillOpen();
  const last = await opened();
  last.hold(at, OTHER);
  const next = await opened();
  expect(await next.inherited(at)).toEqual(OTHER);
  stillOpen(next.tab);
  expect(await (await opened()).inherited(at)).toEqual(UNSAVED);
});

test("where a browser knows no locks, a tab that has told the time lately is open", async () => {
  vi.stubGlobal("navigator", {});
  const one = await opened();
  (await import("@ui/tabs")).openHere();
  one.hold(at, UNSAVED);
  vi.setSystemTime(Date.now() + 60_000);
  vi.resetModules();
  expect(await (await import("./unsaved")).inherited(at)).toEqual(NONE);
  dispatchEvent(new Event("pagehide"));
  dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  vi.resetModules();
  expect(await (await import("./unsaved")).inherited(at)).toEqual(NONE);
  dispatchEvent(new Event("pagehide"));
  expect(await (await opened()).inherited(at)).toEqual(UNSAVED);
});

test("a tab that has ended without a word is not open for ever", async () => {
  vi.stubGlobal("navigator", {});
  const one = await opened();
  one.hold(at, UNSAVED);
  localStorage.setItem(`sartor open ${one.tab}`, String(Date.now()));
  expect(await (await opened()).inherited(at)).toEqual(UNSAVED);
});

test("a tab is the same over its pages, and a copy of it is another one", async () => {
  const one = await opened();
  const copy = await opened();
  expect(copy.tab).not.toBe(one.tab);
  sessionStorage.setItem("sartor tab", one.tab);
  expect((await opened()).tab).toBe(one.tab);
});
