import { expect, test } from "vitest";
import { icon } from "./dom";

const OTHER = "no-such";

test("an icon that is not in the sprite is drawn as a dot where the page tells which ones are", () => {
  document.body.innerHTML = "";
  expect(icon(OTHER).getAttribute("class")).toBe("ti ti-no-such");
  document.body.innerHTML = `<main data-icons="list point"></main>`;
  expect([OTHER, "list"].map((name) => icon(name).getAttribute("class"))).toEqual(["ti ti-point", "ti ti-list"]);
});
