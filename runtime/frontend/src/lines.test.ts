import { beforeEach, expect, test, vi } from "vitest";
import "./lines";
import type { SartorLines } from "./lines";

// htmx asks for XPath when it is loaded, which this DOM does not have.
vi.mock("htmx.org", () => ({ default: { process: () => undefined } }));

const row = (at: string) => `<div data-line="${at}"><button data-off></button><div data-field="items[${at}].count">
  <label id="f-items-${at === "+" ? "-" : at}--count-label"></label><input class="form-control" name="items[${at}].count"></div></div>`;

beforeEach(() => {
  const box = document.createElement("div");
  box.innerHTML = `<form><sartor-lines data-name="items" data-limit="3"><div data-rows>${row("0")}${row("1")}</div>
    <button type="button" data-add></button><template data-blank>${row("+")}</template></sartor-lines></form>`;
  document.body.replaceChildren(box);
});

const lines = () => document.querySelector("sartor-lines") as SartorLines;
const names = () => lines().rows.map((line) => line.querySelector("input")?.name);

test("an added line gets a number of its own", () => {
  lines().querySelector<HTMLElement>("[data-add]")?.click();
  expect(names()).toEqual(["items[0].count", "items[1].count", "items[2].count"]);
});

test("a number is never used twice, or an old line would swallow a new one", () => {
  lines().querySelectorAll<HTMLElement>("[data-off]")[1]?.click();
  lines().add();
  expect(names()).toEqual(["items[0].count", "items[2].count"]);
});

test("no more lines than the limit", () => {
  for (let n = 0; n < 5; n++) lines().add();
  expect(names()).toHaveLength(3);
});

test("the form learns of every change", () => {
  let changes = 0;
  lines().addEventListener("input", () => changes++);
  lines().add();
  lines().querySelector<HTMLElement>("[data-off]")?.click();
  expect(changes).toBe(2);
});
