import { forgetHistories, makeRoom } from "@ui/histories";
import { beforeEach, expect, test } from "vitest";
import { held, hold, holdStill } from "./unsaved";

const KEYS = ["entity/deal"];
const UNSAVED = { base: { "entity/deal": { label: "A" } }, edits: { "entity/deal": { label: "B", rules: [{}] } } };
const NONE = { base: {}, edits: {} };

beforeEach(() => localStorage.clear());

test("what is not saved is there on the next page, for this change set and these definitions", () => {
  hold("main", KEYS, UNSAVED);
  expect(held("main", KEYS)).toEqual(UNSAVED);
  expect(held("spring", KEYS)).toEqual(NONE);
  expect(held("main", ["entity/account"])).toEqual(NONE);
});

test("what is saved is not held any more", () => {
  hold("main", KEYS, UNSAVED);
  holdStill("main", KEYS, NONE);
  expect([held("main", KEYS), localStorage.length]).toEqual([NONE, 0]);
});

test("it makes no room for a history", () => {
  hold("main", KEYS, UNSAVED);
  makeRoom("any");
  expect(held("main", KEYS)).toEqual(UNSAVED);
});

test("whoever signs out leaves nothing, not even by an answer that comes late", () => {
  hold("main", KEYS, UNSAVED);
  forgetHistories();
  holdStill("main", KEYS, UNSAVED);
  expect(localStorage.length).toBe(0);
});
