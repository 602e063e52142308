import { beforeEach, expect, test, vi } from "vitest";
import type { Drafts, Kept, Tags } from "./drafts";
import type { Definition, Definitions } from "./json";
import { Workbench } from "./workbench";

const told: { edited: Definitions; tags: Tags }[] = [];
let answers: Kept[] = [];
let isSignedIn = true;
let there: Definition | undefined;
/** How often the server is not reached before it tells what is there. */
let unreached = 0;
const drafts = {
  set: "main",
  get: async (key: string) => (unreached-- > 0 ? undefined : { document: there ?? ({ label: `${key} as published` } as Definition), tag: `"${key} 1"` }),
  keep: async (edited: Definitions, tags: Tags) => {
    told.push({ edited, tags });
    return answers.shift() ?? { tags: Object.fromEntries(Object.keys(edited).map((key) => [key, `"${key} ${told.length + 1}"`])) };
  },
  problems: async () => [],
  renew: async () => isSignedIn,
} as unknown as Drafts;
let bench: Workbench;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.clearAllTimers();
  told.length = 0;
  answers = [];
  there = undefined;
  unreached = 0;
  bench = new Workbench(drafts);
  await bench.open("entity/deal");
});

const edit = (label: string, merge?: string) => bench.change("edited", { "entity/deal": { label } }, merge ? { merge } : {});

test("an edit is kept by itself a moment later, under the tag that was seen", async () => {
  edit("A");
  expect(bench.state).toBe("waiting");
  await vi.advanceTimersByTimeAsync(600);
  expect(told).toEqual([{ edited: { "entity/deal": { label: "A" } }, tags: { "entity/deal": '"entity/deal 1"' } }]);
  expect(bench.state).toBe("kept");
});

test("the next edit goes under the tag that the last one got", async () => {
  edit("A");
  await bench.keep();
  edit("B");
  await bench.keep();
  expect(told[1]?.tags).toEqual({ "entity/deal": '"entity/deal 2"' });
});

test("undo and redo are kept like any other edit", async () => {
  edit("A");
  await bench.keep();
  expect(bench.undo()?.text).toBe("edited");
  await bench.keep();
  expect(told[1]?.edited).toEqual({ "entity/deal": { label: "entity/deal as published" } });
  expect(bench.redo()?.text).toBe("edited");
  expect(bench.documents["entity/deal"]).toEqual({ label: "A" });
});

test("what is as it was is not sent", async () => {
  edit("A");
  bench.undo();
  await vi.advanceTimersByTimeAsync(600);
  expect(told).toEqual([]);
  expect(bench.state).toBe("kept");
});

test("an act on several definitions is taken back as one", async () => {
  bench.change("renamed", { "entity/deal": { label: "A" }, "form/deal.main": { label: "F" } }, { before: { "form/deal.main": { label: "old" } } });
  await bench.keep();
  bench.undo();
  expect(bench.documents).toEqual({ "entity/deal": { label: "entity/deal as published" }, "form/deal.main": { label: "old" } });
  await bench.keep();
  expect(Object.keys(told[1]?.edited ?? {}).sort()).toEqual(["entity/deal", "form/deal.main"]);
});

test("edits that are to be kept while others are on their way go one after the other", async () => {
  edit("A");
  const first = bench.keep();
  edit("B");
  await Promise.all([first, bench.keep(), bench.keep()]);
  expect(told.map((each) => each.tags["entity/deal"])).toEqual(['"entity/deal 1"', '"entity/deal 2"']);
});

test("a definition that was not open goes under its tag only while it is as the act found it", async () => {
  const tagOf = async (label: string) => {
    const other = new Workbench(drafts);
    other.change("renamed", { "form/deal.main": { label: "F" } }, { before: { "form/deal.main": { label } } });
    await other.keep();
    return told.at(-1)?.tags["form/deal.main"];
  };
  expect(await tagOf("form/deal.main as published")).toBe('"form/deal.main 1"');
  expect(await tagOf("as somebody has edited it since")).toBeNull();
});

test("a conflict waits for a decision and sends nothing meanwhile", async () => {
  answers = [{ status: 409, refusal: {} }];
  edit("A");
  await bench.keep();
  expect(bench.state).toBe("conflict");
  edit("B");
  await vi.advanceTimersByTimeAsync(600);
  expect(told).toHaveLength(1);
  await bench.keepMine();
  expect(told[1]).toEqual({ edited: { "entity/deal": { label: "B" } }, tags: { "entity/deal": '"entity/deal 1"' } });
  expect(bench.state).toBe("kept");
});

test("theirs is loaded as a step, so that undo brings mine back", async () => {
  answers = [{ status: 409, refusal: {} }];
  edit("mine");
  await bench.keep();
  await bench.takeTheirs("theirs");
  expect(bench.documents["entity/deal"]).toEqual({ label: "entity/deal as published" });
  bench.undo();
  expect(bench.documents["entity/deal"]).toEqual({ label: "mine" });
});

test("what was refused is sent again after the next edit, what did not arrive by itself", async () => {
  answers = [{ status: 422, refusal: {} }, { status: 0, refusal: {} }];
  edit("");
  await bench.keep();
  expect(bench.state).toBe("refused");
  edit("A");
  await bench.keep();
  expect(bench.state).toBe("offline");
  await vi.advanceTimersByTimeAsync(6000);
  expect(bench.state).toBe("kept");
  expect(told).toHaveLength(3);
});

test.each([
  { status: 401, refusal: {} },
  { status: 403, refusal: { type: "about:blank#csrf" } },
])("what is edited while signed out is kept once somebody is signed in again ($status)", async (answer) => {
  answers = [answer];
  isSignedIn = false;
  edit("A");
  await vi.advanceTimersByTimeAsync(600);
  expect(bench.state).toBe("signed_out");
  await vi.advanceTimersByTimeAsync(6000);
  expect([bench.state, told.length]).toEqual(["signed_out", 1]);
  isSignedIn = true;
  await vi.advanceTimersByTimeAsync(6000);
  expect([bench.state, told.length]).toEqual(["kept", 2]);
});

test("what is forbidden is refused, whoever signs in", async () => {
  answers = [{ status: 403, refusal: { type: "about:blank#forbidden" } }];
  edit("A");
  await bench.keep();
  expect(bench.state).toBe("refused");
});

const typed = { "entity/deal": { label: "half" } };
const published = { "entity/deal": { label: "entity/deal as published" } };

test("what was not kept goes on where it stood, and is kept as soon as it holds", async () => {
  answers = [{ status: 422, refusal: {} }];
  bench.resume({ base: published, edits: typed });
  await vi.advanceTimersByTimeAsync(600);
  expect([bench.documents, bench.state, bench.unsaved]).toEqual([typed, "refused", { base: published, edits: typed }]);
  edit("whole");
  await vi.advanceTimersByTimeAsync(600);
  expect(told.map((each) => each.edited["entity/deal"])).toEqual([{ label: "half" }, { label: "whole" }]);
  expect([bench.state, bench.unsaved]).toEqual(["kept", { base: {}, edits: {} }]);
});

test("what was not kept is a conflict where the server has another definition since, however often the page is left", async () => {
  const base = { "entity/deal": { label: "as it was" } };
  let conflicts = 0;
  bench.addEventListener("conflict", () => (conflicts += 1));
  bench.resume({ base, edits: typed });
  await vi.advanceTimersByTimeAsync(600);
  expect([bench.state, conflicts, told, bench.unsaved]).toEqual(["conflict", 1, [], { base, edits: typed }]);
  await bench.takeTheirs("theirs");
  bench.undo();
  expect(bench.documents).toEqual(typed);
});

test("what arrived after all when the page was left is not sent again", async () => {
  bench.resume({ base: { "entity/deal": null }, edits: published });
  await vi.advanceTimersByTimeAsync(600);
  expect([bench.state, told]).toEqual(["kept", []]);
});

test("an edit after a refusal may fail as well, until something is kept", async () => {
  edit("A");
  expect(bench.hasFailed).toBe(false);
  answers = [{ status: 422, refusal: {} }];
  await bench.keep();
  edit("B");
  expect([bench.state, bench.hasFailed]).toEqual(["waiting", true]);
  await bench.keep();
  expect(bench.hasFailed).toBe(false);
});

test("what somebody else edited beside comes in, and undo leaves it alone", async () => {
  answers = [{ status: 409, refusal: {} }];
  edit("mine");
  there = { label: "entity/deal as published", description: "his" };
  await bench.keep();
  expect([bench.state, told[1]?.edited]).toEqual(["kept", { "entity/deal": { label: "mine", description: "his" } }]);
  expect(bench.undo()).toMatchObject({ text: "edited", isStale: false });
  expect(bench.documents["entity/deal"]).toEqual(there);
});

test("what both edited otherwise waits for a decision, and the rest goes together either way", async () => {
  const clash = async () => {
    answers = [{ status: 409, refusal: {} }];
    there = undefined;
    await bench.open("entity/deal");
    bench.change("edited", { "entity/deal": { label: "mine", icon: "star" } });
    there = { label: "his", description: "his" };
    await bench.keep();
    expect([bench.state, bench.clashes]).toEqual(["conflict", [{ key: "entity/deal", path: ["label"] }]]);
  };
  await clash();
  await bench.keepMine();
  expect(bench.documents["entity/deal"]).toEqual({ label: "mine", icon: "star", description: "his" });
  await clash();
  await bench.takeTheirs("theirs");
  expect(bench.documents["entity/deal"]).toEqual({ label: "his", icon: "star", description: "his" });
});

test("what the server could not tell is not taken for gone", async () => {
  answers = [{ status: 409, refusal: {} }];
  there = { label: "entity/deal as published", icon: "star" };
  edit("mine");
  unreached = 2;
  void bench.keep();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(bench.clashes).toEqual([]);
  expect(told.at(-1)?.edited).toEqual({ "entity/deal": { label: "mine", icon: "star" } });
  expect(bench.state).toBe("kept");
});

test("nothing is edited before the server has told what is there", async () => {
  unreached = 1;
  const opened = bench.open("view/deal.all");
  await vi.advanceTimersByTimeAsync(1000);
  expect("view/deal.all" in bench.documents).toBe(false);
  await vi.advanceTimersByTimeAsync(5000);
  expect(await opened).toEqual({ label: "view/deal.all as published" });
});

test("a step stays where somebody else has edited the same since", async () => {
  edit("mine");
  await bench.keep();
  there = { label: "his" };
  drafts.get = async () => ({ document: there ?? {}, tag: "new" });
  await bench.freshen();
  expect(bench.documents["entity/deal"]).toEqual({ label: "his" });
  expect(bench.undo()?.isStale).toBe(true);
  expect(bench.documents["entity/deal"]).toEqual({ label: "his" });
});
