import { expect, test } from "vitest";
import type { Definition } from "../core/json";
import { fieldsIn } from "./layout";
import { placedOn, placeOf, renamedOn, takenOff } from "./standing";

const FORM: Definition = {
  sections: { who: { order: 10, label: "Who", fields: { name: { order: 10 }, phone: { order: 20 } } }, what: { order: 20, label: "What", fields: {} } },
  tabs: { more: { order: 10, label: "More", kind: "fields", sections: { rest: { label: "Rest", fields: { remark: { order: 10 } } } } }, list: { order: 20, label: "List", kind: "related" } },
};
const names = (form: Definition, section: string) => fieldsIn((form.sections as Record<string, Definition>)[section]).map(([name]) => name);

test("a new field goes behind the nearest field above it that stands on the form", () => {
  expect(names(placedOn(FORM, "date", ["name"]), "who")).toEqual(["name", "date", "phone"]);
  expect(names(placedOn(FORM, "date", ["name", "nowhere"]), "who")).toEqual(["name", "date", "phone"]);
  expect(placeOf(placedOn(FORM, "date", ["name", "remark"]), "date")).toEqual(["tabs", "more", "sections", "rest", "fields", "date"]);
});

test("where none of them stands there it goes to the end of the first section", () => {
  expect(names(placedOn(FORM, "date", []), "who")).toEqual(["name", "phone", "date"]);
});

test("a form without a section, or with the field, stays as it is", () => {
  const bare: Definition = { label: "Bare" };
  expect(placedOn(bare, "date", ["name"])).toBe(bare);
  expect(placedOn(FORM, "remark", ["name"])).toBe(FORM);
});

test("a field is called otherwise in its place, and taken off", () => {
  const form = placedOn(FORM, "date", ["name"]);
  expect(names(renamedOn(form, "date", "signed_on"), "who")).toEqual(["name", "signed_on", "phone"]);
  expect(takenOff(form, "date")).toEqual(FORM);
  expect(takenOff(FORM, "nowhere")).toBe(FORM);
});
