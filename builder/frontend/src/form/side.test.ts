import { render } from "lit";
import { expect, test } from "vitest";
import { side, type Side } from "./side";

test("all properties of a field are one press away: its own, not those of the entity", () => {
  const field = { path: ["sections", "basics", "fields", "amount"], label: "Amount", value: {}, schema: {}, entity: "deal", field: undefined, lines: "" };
  document.body.dataset.changeSet = "spring";
  render(side(field as unknown as Side), document.body);
  expect(document.querySelector("fieldset a")?.getAttribute("href")).toBe("/build/spring/entities/deal#/fields/amount");
});
