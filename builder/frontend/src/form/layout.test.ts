import { render } from "lit";
import { expect, test, vi } from "vitest";
import type { Definition } from "../core/json";
import { sheet, type Canvas } from "./canvas";
import { factsOf, fieldsIn, fieldsOn, HEAD, moved, resized, sectionMoved, sectionsOf, spanOf, step, withField, withSection, withTab, without } from "./layout";

const FORM: Definition = {
  sections: {
    who: { order: 10, label: "Who", fields: { name: { order: 10 }, account: { order: 20, width: 4 } } },
    what: { order: 20, label: "What", columns: 3, fields: { amount: { order: 10 } } },
  },
  tabs: { more: { order: 10, kind: "fields", label: "More", sections: { rest: { label: "Rest", fields: { note: { order: 10 } } } } } },
};
const names = (form: Definition, section: string, tab: string | null = null) => fieldsIn(sectionsOf(form, tab).find(([name]) => name === section)?.[1]).map(([name]) => name);

test("every field on the form is known, on tabs too", () => {
  expect([...fieldsOn(FORM)].sort()).toEqual(["account", "amount", "name", "note"]);
});

test("a field is put in, moved to another section with its width, and taken off", () => {
  const form = withField(FORM, ["sections", "who"], "phone", 1);
  expect(names(form, "who")).toEqual(["name", "phone", "account"]);
  const next = moved(form, ["sections", "who", "fields", "account"], ["sections", "what"], 0);
  expect([names(next, "who"), names(next, "what")]).toEqual([["name", "phone"], ["account", "amount"]]);
  expect(fieldsIn(sectionsOf(next, null)[1]?.[1])[0]?.[1].width).toBe(4);
  expect(names(without(next, ["sections", "what", "fields", "amount"]), "what")).toEqual(["account"]);
});

test("one step on leads through the section and into the next one", () => {
  const from = (field: string, section: string, by: 1 | -1) => step(FORM, null, ["sections", section, "fields", field], by);
  expect(from("name", "who", 1)).toEqual({ section: ["sections", "who"], index: 1 });
  expect(from("account", "who", 1)).toEqual({ section: ["sections", "what"], index: 0 });
  expect(from("amount", "what", -1)).toEqual({ section: ["sections", "who"], index: 2 });
  expect([from("name", "who", -1), from("amount", "what", 1)]).toEqual([undefined, undefined]);
});

test("sections and tabs are made and moved", () => {
  const made = withSection(FORM, null, "New", 1);
  expect(sectionsOf(made.form, null).map(([name]) => name)).toEqual(["who", "section", "what"]);
  expect(sectionsOf(sectionMoved(made.form, ["sections", "what"], 0), null).map(([name]) => name)).toEqual(["what", "who", "section"]);
  expect(withTab(FORM, "more", { kind: "related", label: "X" }).name).toBe("more_2");
});

test("a width is the field's own, else the section's share", () => {
  expect([spanOf({ width: 4 }, {}, true), spanOf({}, { columns: 3 }, false), spanOf({}, {}, false), spanOf({}, {}, true)]).toEqual([4, 4, 6, 12]);
  expect([resized(6, 1), resized(12, 1), resized(6, -1), resized(3, -1)]).toEqual([8, 12, 4, 3]);
});

test("a key fact is a second place of a field, with an order of its own", () => {
  const one = moved(FORM, ["sections", "who", "fields", "name"], HEAD, 0);
  expect([names(one, "who"), factsOf(one)]).toEqual([["name", "account"], [["name", { order: 10 }]]]);
  const two = withField(one, HEAD, "amount", 1);
  expect(factsOf(moved(two, ["head", "amount"], HEAD, 0)).map(([name]) => name)).toEqual(["amount", "name"]);
  expect(step(two, null, ["head", "amount"], -1)).toEqual({ section: HEAD, index: 0 });
  expect(step(two, null, ["head", "amount"], 1)).toBeUndefined();
  expect(moved(two, ["head", "amount"], ["sections", "what"], 0)).toBe(two);
});

test("a rule is told as a sentence to whoever points at its mark", async () => {
  const sentence = vi.fn(async (rule: string) => `said: ${rule}`);
  const entity: Definition = { fields: { amount: { type: "money", label: "Amount", visible_if: "close_on is null" } } };
  const nothing = { key: "form/deal.main", form: FORM, entity, published: null, tab: null, chosen: "", stop: "", language: "en", problems: [] };
  render(sheet({ ...nothing, sentence, type: () => undefined } as unknown as Canvas), document.body);
  const mark = document.querySelector<HTMLElement>(".rule-mark");
  expect(mark?.title).toBe("");
  mark?.dispatchEvent(new Event("pointerenter"));
  await vi.waitFor(() => expect(mark?.title).toBe("said: close_on is null"));
  expect(sentence.mock.calls).toEqual([["close_on is null", "entity", ["fields", "amount", "visible_if"]]]);
});
