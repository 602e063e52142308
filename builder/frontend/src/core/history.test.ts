import { expect, test } from "vitest";
import { History, type Step } from "./history";

const step = (text: string, before: number, after: number, merge?: string): Step => ({ text, before: { x: { n: before } }, after: { x: { n: after } }, ...(merge ? { merge } : {}) });

test("steps are taken back and done again in order, without limit", () => {
  const history = new History();
  for (let number = 0; number < 1000; number++) history.record(step(`step ${number}`, number, number + 1));
  for (let number = 999; number >= 0; number--) expect(history.undo()?.before).toEqual({ x: { n: number } });
  expect(history.undo()).toBeUndefined();
  for (let number = 0; number < 1000; number++) expect(history.redo()?.after).toEqual({ x: { n: number + 1 } });
  expect(history.redo()).toBeUndefined();
});

test("typing in one place is one step, until it is sealed", () => {
  const history = new History();
  history.record(step("typed", 0, 1, "label"));
  history.record(step("typed", 1, 2, "label"));
  history.seal();
  history.record(step("typed", 2, 3, "label"));
  expect(history.undo()?.before).toEqual({ x: { n: 2 } });
  expect(history.undo()).toMatchObject({ before: { x: { n: 0 } }, after: { x: { n: 2 } } });
  expect(history.canUndo).toBe(false);
});

test("a new step forgets what was taken back", () => {
  const history = new History();
  history.record(step("one", 0, 1));
  history.undo();
  history.record(step("two", 0, 2));
  expect(history.canRedo).toBe(false);
});

test("a step that was done again is not merged with what comes next", () => {
  const history = new History();
  history.record(step("typed", 0, 1, "label"));
  history.undo();
  history.redo();
  history.record(step("typed", 1, 2, "label"));
  expect(history.undo()?.before).toEqual({ x: { n: 1 } });
});
