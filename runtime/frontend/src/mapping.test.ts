import { expect, test } from "vitest";
import "./mapping";
import type { SartorMapping } from "./mapping";

test("a field that one column becomes cannot be taken by another", () => {
  const select = (at: number, chosen: string) => `<table><tbody><tr><td><select name="map[${at}]">
    <option value=""></option>${["name", "amount"].map((name) => `<option value="${name}" ${name === chosen ? "selected" : ""}>${name}</option>`).join("")}</select></td></tr></tbody></table>`;
  const box = document.createElement("div");
  box.innerHTML = `<form><sartor-mapping>${select(0, "name")}${select(1, "")}</sartor-mapping></form>`;
  document.body.replaceChildren(box);
  const mapping = document.querySelector("sartor-mapping") as SartorMapping;
  const [first, second] = mapping.querySelectorAll("select");
  expect([...(second?.options ?? [])].map((option) => option.disabled)).toEqual([false, true, false]);
  expect([...(first?.options ?? [])].some((option) => option.disabled)).toBe(false);
  expect(second?.closest("tr")?.classList.contains("is-out")).toBe(true);
});
