import { beforeEach, expect, test, vi } from "vitest";
import "./list";
import type { SartorList } from "./list";

// htmx asks for XPath when it is loaded, which this DOM does not have.
vi.mock("htmx.org", () => ({ default: { process: () => undefined } }));

const row = (id: string) => `<tr data-row="${id}" tabindex="-1"><td class="c-check"><input type="checkbox" value="${id}"></td></tr>`;

beforeEach(() => {
  const box = document.createElement("div");
  box.innerHTML = `<sartor-list data-loaded="%(n)s of 9"><table><thead><tr><th><input type="checkbox" data-all></th></tr></thead>
    <tbody>${row("a")}${row("b")}</tbody><tfoot><tr><td data-loaded-text></td></tr></tfoot></table></sartor-list>`;
  document.body.replaceChildren(box);
});

const list = () => document.querySelector("sartor-list") as SartorList;
const press = (target: Element, key: string) => target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));

test("one row is the tab stop from the start", () => {
  expect(list().rows.map((each) => each.tabIndex)).toEqual([0, -1]);
});

test("the foot counts the rows that are there", async () => {
  list().querySelector("tbody")?.append(list().rows[0]?.cloneNode(true) as Node);
  await vi.waitFor(() => expect(list().querySelector("[data-loaded-text]")?.textContent).toBe("3 of 9"));
});

test("x chooses a row and tells how many are chosen", () => {
  const told: number[] = [];
  list().addEventListener("sartor:chosen", (event) => told.push((event as CustomEvent<{ count: number }>).detail.count));
  press(list().rows[0] as Element, "x");
  press(list().rows[0] as Element, "x");
  expect(told).toEqual([1, 0]);
});

test("the head's box is half ticked while some rows are", () => {
  press(list().rows[0] as Element, "x");
  expect(list().querySelector<HTMLInputElement>("[data-all]")?.indeterminate).toBe(true);
});
