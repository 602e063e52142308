import { render } from "lit";
import { expect, test } from "vitest";
import type { World } from "../core/world";
import { manyInput } from "./inputs_many";
import { sortInput } from "./inputs_sort";
import type { Place, Surroundings } from "./place";
import { Reading, type Schema } from "./schema";

const ROLES = Array.from({ length: 12 }, (_each, number) => `role_${String(number)}`);
const FIELDS = [{ name: "name", label: "Name", type: "text" }, { name: "body", label: "Body", type: "long_text" }, { name: "sum", label: "Sum", type: "money" }];
const world = { definitions: () => ROLES.map((name) => ({ name, label: name })), fields: () => FIELDS } as unknown as World;

function drawn(draw: (place: Place) => Parameters<typeof render>[0], schema: Schema, value: string[], box: HTMLElement = document.createElement("div"), file = "view/deal"): HTMLElement {
  const around = { reading: new Reading({}), world, problems: [], file, entity: "deal", edit: () => undefined } as unknown as Surroundings;
  render(draw({ part: { name: "it", schema, title: "It", hint: "", group: "", required: false }, path: ["it"], value, owner: {}, around }), box);
  return box;
}

test("an order is offered by what has one, and by no field of another type", () => {
  const box = drawn(sortInput, { "x-unordered": ["long_text"] }, []);
  expect([...box.querySelectorAll("option")].map((each) => each.value)).toEqual(["", "name", "sum"]);
});

test("what is ticked of a long list stands first, and stays where it was as more is ticked, until another list is shown", () => {
  const schema = { items: { type: "string" }, "x-widget": "definitions:role" };
  const said = (box: HTMLElement) => [...box.querySelectorAll("label")].slice(0, 3).map((each) => each.textContent);
  const box = drawn(manyInput, schema, ["role_9"]);
  expect(said(box)).toEqual(["role_9", "role_0", "role_1"]);
  expect(said(drawn(manyInput, schema, ["role_9", "role_11"], box))).toEqual(["role_9", "role_0", "role_1"]);
  expect(said(drawn(manyInput, schema, ["role_11"], box, "view/other"))).toEqual(["role_11", "role_0", "role_1"]);
});
