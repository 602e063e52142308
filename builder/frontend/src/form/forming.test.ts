import { expect, test } from "vitest";
import type { Definition } from "../core/json";
import { formed, missing } from "./forming";

const ENTITY: Definition = { label: "Deal", title: "name", fields: { note: { order: 30 }, name: { order: 10 }, account: { order: 20, required: true } } };
const fields = (form: Definition) => (form.sections as { basics: { fields: Definition } }).basics.fields;

test("a main form holds all fields in their order, a quick one what is needed", () => {
  expect(fields(formed("deal", ENTITY, "main"))).toEqual({ name: { order: 10 }, account: { order: 20 }, note: { order: 30 } });
  expect(Object.keys(fields(formed("deal", ENTITY, "quick")))).toEqual(["name", "account"]);
});

test("a form is offered for what an entity lacks", () => {
  expect(missing("deal", ["form/deal.main"])).toEqual(["phone", "quick"]);
  expect(missing("visit", ["form/deal.main"])).toEqual(["main", "phone", "quick"]);
});

test("a form for phones begins as the main one, as its maker's own", () => {
  const main = { label: "Deal", entity: "deal", origin: "sales", sections: { who: { label: "Who", origin: "sales", fields: { origin: { order: 1 } } } } };
  expect(formed("deal", ENTITY, "phone", main)).toEqual({ label: { en: "Deal (phone)", zh: "Deal（手机）" }, entity: "deal", purpose: "phone", sections: { who: { label: "Who", fields: { origin: { order: 1 } } } } });
  expect(Object.keys(fields(formed("deal", ENTITY, "phone")))).toEqual(["name", "account", "note"]);
});
