import { expect, test } from "vitest";
import { free, ownWords, said, slug } from "../core/labels";
import type { Definition } from "../core/json";
import { added, doubled, edited, fieldsOf, moved, renamed, retyped } from "./fields";
import { founded } from "./founding";

const DEAL: Definition = { title: "name", fields: { name: { type: "text", label: "Name", order: 10 }, amount: { type: "money", label: "Amount", order: 20, options: { minimum: 0 } } } };
const DATE = { key: "date", label: { en: "Date", zh: "日期" }, icon: "calendar" };
const names = (entity: Definition) => fieldsOf(entity).map(([name]) => name);

test("a new field stands where it was put, with a free name and what its type begins with", () => {
  const made = added(DEAL, { ...DATE, starter: { x: 1 } }, 1);
  expect(names(made.entity)).toEqual(["name", "date", "amount"]);
  expect(fieldsOf(made.entity)[1]?.[1]).toEqual({ type: "date", label: DATE.label, options: { x: 1 }, order: 15 });
  expect(added(made.entity, DATE, 9).name).toBe("date_2");
});

test("moving stops at both ends", () => {
  expect(names(moved(DEAL, "amount", -1))).toEqual(["amount", "name"]);
  expect(names(moved(DEAL, "name", 7))).toEqual(["amount", "name"]);
});

test("a field without history is renamed in its place, and stays the title", () => {
  const entity = renamed(DEAL, "name", "title_text");
  expect([names(entity), entity.title]).toEqual([["title_text", "amount"], "title_text"]);
});

test("another type begins with its own options", () => {
  expect(fieldsOf(retyped(DEAL, "amount", DATE))[1]?.[1]).toEqual({ type: "date", label: "Amount", order: 20 });
  const unique = { ...DEAL, fields: { amount: { type: "money", label: "Amount", unique: true } } };
  expect(fieldsOf(retyped(unique, "amount", { ...DATE, unused: ["unique"] }))[0]?.[1]).toEqual({ type: "date", label: "Amount" });
});

test("another result of a formula begins with its own options", () => {
  const entity: Definition = { fields: { net: { type: "formula", options: { result: { type: "money", options: { currency: "EUR" } } } } } };
  expect(edited(entity, ["fields", "net", "options", "result", "type"], "date", [DATE])).toEqual({ fields: { net: { type: "formula", options: { result: { type: "date" } } } } });
});

test("a copy stands after its original", () => {
  expect(names(doubled(DEAL, "name").entity)).toEqual(["name", "name_copy", "amount"]);
});

test("labels become names, and names stay free", () => {
  expect(slug("Renewal date")).toBe("renewal_date");
  expect(slug("2nd Contact — E-mail!")).toBe("nd_contact_e_mail");
  expect(slug("续约日期")).toBe("");
  expect(free("date", ["date", "date_2"])).toBe("date_3");
});

test("a text in one language becomes two when one of them is changed", () => {
  expect(said("Name", "zh", "名称")).toEqual({ en: "Name", zh: "名称" });
  expect(said({ en: "Name" }, "en", "")).toBeUndefined();
});

test("a new entity comes with a form, a list and an entry", () => {
  const app = { key: "app/crm", definition: { label: "CRM", items: { deals: { target: "view/deal.all", order: 10 } } } };
  const made = founded({ name: "visit", label: { en: "Visit", zh: "拜访" }, plural: { en: "Visits", zh: "拜访" }, icon: "map", app });
  expect(Object.keys(made)).toEqual(["entity/visit", "form/visit.main", "view/visit.all", "app/crm"]);
  expect(made["app/crm"]).toMatchObject({ items: { visit: { target: "view/visit.all", label: { en: "Visits", zh: "拜访" }, order: 20 } } });
  expect(made["entity/visit"]).toMatchObject({ plural: { en: "Visits", zh: "拜访" } });
  expect(made["view/visit.all"]).toMatchObject({ label: { en: "All visits", zh: "全部拜访" } });
});

test("what is named in one language does not keep the type's word in the other", () => {
  const date = { en: "Date", zh: "日期" };
  expect(ownWords({ en: "Date", zh: "签订日期" }, date, "zh")).toEqual({ zh: "签订日期" });
  expect(ownWords({ en: "Signed on", zh: "签订日期" }, date, "zh")).toEqual({ en: "Signed on", zh: "签订日期" });
  expect(ownWords(date, date, "zh")).toEqual(date);
});
