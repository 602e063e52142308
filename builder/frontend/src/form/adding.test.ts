import { expect, test } from "vitest";
import type { Definition } from "../core/json";
import { inOrder } from "../core/orders";
import { adding, target, type Ground } from "./adding";

const FORM: Definition = { sections: { who: { order: 10, label: "Who", fields: { name: { order: 10 }, phone: { order: 20 } } }, what: { order: 20, label: "What", fields: {} } } };
const ENTITY: Definition = { title: "name", fields: { name: { type: "text", label: "Name", order: 10 }, note: { type: "text", label: { en: "Note", zh: "备注" }, order: 20 } } };
const RELATED = [{ entity: "line", lookup: "deal", label: { en: "Lines", zh: "明细" }, by: "Deal", icon: "list", columns: ["name", "amount"] }];
const ground: Ground = { form: FORM, entity: ENTITY, tab: null, types: [{ key: "date", label: { en: "Date", zh: "日期" }, icon: "calendar" }], related: RELATED };

test("a new thing goes after what is chosen, else to the end", () => {
  expect(target(FORM, null, ["sections", "who", "fields", "name"])).toEqual({ section: ["sections", "who"], index: 1 });
  expect(target(FORM, null, ["sections", "who"])).toEqual({ section: ["sections", "who"], index: Infinity });
  expect(target(FORM, null, [])).toEqual({ section: ["sections", "what"], index: Infinity });
  expect(target({ sections: {} }, null, []).section).toEqual([]);
});

test("a field of the entity is placed, a new one is made as well", () => {
  const placed = adding("field:note", { section: ["sections", "what"], index: 0 }, ground);
  expect(placed).toMatchObject({ form: { sections: { what: { fields: { note: { order: 10 } } } } }, chosen: ["sections", "what", "fields", "note"] });
  expect(placed?.entity).toBeUndefined();
  const made = adding("type:date", { section: ["sections", "what"], index: 0 }, ground);
  expect(made).toMatchObject({ entity: { fields: { date: { type: "date" } } }, form: { sections: { what: { fields: { date: {} } } } } });
});

test("a new tab has a section, so that fields can be put into it at once", () => {
  const made = adding("layout:tab", { section: [], index: 0 }, ground);
  expect(adding("field:note", target(made?.form ?? {}, made?.tab ?? null, made?.chosen ?? []), { ...ground, form: made?.form ?? {}, tab: made?.tab ?? null })).toMatchObject({ tab: "tab", chosen: ["tabs", "tab", "sections", "section", "fields", "note"] });
});

test("the first tab stands among those that every record has by itself", () => {
  const made = adding("layout:tab", { section: [], index: 0 }, ground);
  expect(inOrder(made?.form.tabs).map(([name]) => name)).toEqual(["timeline", "tab", "history"]);
  const again = adding("layout:tab", { section: [], index: 0 }, { ...ground, form: made?.form ?? {} });
  expect(inOrder(again?.form.tabs).map(([name]) => name)).toEqual(["timeline", "tab", "history", "tab_2"]);
  const staged: Definition = { timeline: false, fields: { stage: { type: "stage", options: { pipelines: ["sales"] } } } };
  const bare = adding("layout:tab", { section: [], index: 0 }, { ...ground, entity: staged });
  expect(inOrder(bare?.form.tabs).map(([name]) => name)).toEqual(["tab", "stages", "history"]);
});

test("without a section no field can be placed, and an unknown thing is nothing", () => {
  expect(adding("field:note", { section: [], index: 0 }, ground)).toBeUndefined();
  expect(adding("type:none", { section: ["sections", "who"], index: 0 }, ground)).toBeUndefined();
  expect(adding("related:none.none", { section: [], index: 0 }, ground)).toBeUndefined();
});

test("a related list is a tab with its first columns in order", () => {
  const made = adding("related:line.deal", { section: [], index: 0 }, ground);
  expect(made).toMatchObject({ tab: "line", chosen: ["tabs", "line"], form: { tabs: { line: { kind: "related", entity: "line", lookup: "deal", columns: { name: { order: 10 }, amount: { order: 20 } } } } } });
});

test("a button sets the first day or tick that a press can give", () => {
  const entity: Definition = { fields: { note: { type: "text", order: 10 }, seen_on: { type: "date", order: 20 }, done: { type: "yes_no", order: 30 } } };
  expect(adding("layout:button", { section: [], index: 0 }, { ...ground, entity })).toMatchObject({ chosen: ["buttons", "button"], tab: null, form: { buttons: { button: { set: { seen_on: "today()" }, order: 10 } } } });
  expect(adding("layout:button", { section: [], index: 0 }, ground)?.form.buttons).toMatchObject({ button: { set: {} } });
});
