import { expect, test } from "vitest";
import type { Definition } from "../core/json";
import { entryOf } from "../rows/entries";
import { aloneAs, followedIn, forbidden, guarded, isPermitted, MOVES, pairsOf, permitted, permitting, withoutStage } from "./moves";

const stage = (order: number, outcome = "open"): Definition => ({ label: "x", order, outcome });
const pipeline: Definition = {
  stages: { a: stage(1), b: stage(2), won: stage(3, "won") },
  first: "a",
  transitions: { on: { from: ["a", "b"], to: ["b", "won"], note: true, order: 1 }, back: { from: ["b"], to: ["a"], order: 2 } },
};
const all = (definition: Definition) => ["a", "b", "won"].flatMap((from) => ["a", "b", "won"].filter((to) => to !== from && isPermitted(definition, { from, to })).map((to) => `${from}>${to}`));

test("a move that is taken out leaves the others of its transition, with their conditions", () => {
  const left = forbidden(pipeline, { from: "a", to: "won" }) as Definition;
  expect(all(left)).toEqual(["a>b", "b>a", "b>won"]);
  expect(permitting(left, { from: "a", to: "b" }).map((name) => entryOf(left, MOVES, name).note)).toEqual([true]);
});

test("one pair of a transition gets conditions of its own, and begins with the same", () => {
  const { pipeline: made, name } = aloneAs(pipeline, "on", { from: "b", to: "won" });
  expect(all(made)).toEqual(all(pipeline));
  expect(permitting(made, { from: "b", to: "won" })).toEqual([name]);
  expect(entryOf(made, MOVES, name)).toMatchObject({ from: ["b"], to: ["won"], note: true });
});

test("what only led to itself goes with its last move", () => {
  const one: Definition = { ...pipeline, transitions: { on: { from: ["b"], to: ["b", "won"] }, back: { from: ["b"], to: ["a"] } } };
  expect(Object.keys(forbidden(one, { from: "b", to: "won" })?.transitions as object)).toEqual(["back"]);
});

test("every move is permitted while none is named, and one can be taken out of these", () => {
  const { transitions: _, ...free } = pipeline;
  expect(all(free)).toHaveLength(6);
  expect(all(forbidden(free, { from: "won", to: "a" }) as Definition)).toEqual(["a>b", "a>won", "b>a", "b>won", "won>b"]);
});

test("the last move is not taken out, since that would permit all", () => {
  const one: Definition = { ...pipeline, transitions: { on: { from: ["a"], to: ["b"] } } };
  expect(forbidden(one, { from: "a", to: "b" })).toBeUndefined();
});

test("a move that is permitted gets no conditions of another one", () => {
  const more = permitted(pipeline, { from: "won", to: "a" });
  expect(entryOf(more, MOVES, "won_to_a")).toMatchObject({ from: ["won"], to: ["a"] });
  const again = permitted(more, { from: "won", to: "b" });
  expect(pairsOf(entryOf(again, MOVES, "won_to_a"))).toHaveLength(2);
  expect(all(forbidden(forbidden(again, { from: "won", to: "a" }) as Definition, { from: "won", to: "b" }) as Definition)).toEqual(all(pipeline));
});

test("a stage that goes takes its moves along", () => {
  const left = withoutStage(pipeline, "a");
  expect(left.transitions).toEqual({ on: { from: ["b"], to: ["b", "won"], note: true, order: 1 } });
  expect("first" in left).toBe(false);
});

test("moves follow a stage to its new key", () => {
  const moved = followedIn(pipeline, "a", "begin");
  expect(moved.first).toBe("begin");
  expect(moved.transitions).toMatchObject({ on: { from: ["begin", "b"] }, back: { to: ["begin"] } });
});

test("a move that gets conditions leaves all others as they are", () => {
  const { transitions: _, ...free } = pipeline;
  const made = guarded(free, { from: "a", to: "b" }, { label: "Go" });
  expect(all(made.pipeline)).toHaveLength(6);
  expect(permitting(made.pipeline, { from: "a", to: "b" })).toEqual([made.name]);
  expect(entryOf(made.pipeline, MOVES, made.name)).toMatchObject({ label: "Go", from: ["a"], to: ["b"] });
});

test("a move that has conditions keeps them beside those of another one", () => {
  const made = guarded(pipeline, { from: "a", to: "won" }, { label: "Go" });
  expect(permitting(made.pipeline, { from: "a", to: "won" })).toEqual(["on", made.name]);
  expect(all(made.pipeline)).toEqual(all(pipeline));
});
