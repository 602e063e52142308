import { beforeEach, expect, test } from "vitest";
import { pressed, roam, settle, type Pressed } from "./drawn";

let drawn: HTMLElement;
let told: (Pressed | null)[];

beforeEach(() => {
  document.body.innerHTML = `<div><button data-place="?day=2026-06-01"></button><button data-stop data-option="colour" tabindex="-1"></button>
    <button data-stop data-column="name" tabindex="-1"><b>Towers</b></button><p>nothing</p></div>`;
  drawn = document.querySelector("div") as HTMLElement;
  told = [];
  drawn.addEventListener("click", (event) => told.push(pressed(event)));
  drawn.addEventListener("keydown", (event) => void roam(event));
});

test("what is pressed says where it leads", () => {
  for (const each of ["b", "[data-option]", "[data-place]", "p"]) drawn.querySelector<HTMLElement>(each)?.click();
  expect(told).toEqual([{ column: "name" }, { option: "colour" }, { place: "?day=2026-06-01" }, null]);
});

test("one stop takes the tab key and arrows go on from it; the chosen column is marked", () => {
  settle(drawn, "name");
  const [colour, name] = [...drawn.querySelectorAll<HTMLElement>("[data-stop]")] as [HTMLElement, HTMLElement];
  expect([colour.tabIndex, name.tabIndex, name.className]).toEqual([0, -1, "is-chosen"]);
  colour.focus();
  for (const key of ["ArrowRight", "ArrowRight"]) document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  expect([document.activeElement, name.tabIndex]).toEqual([name, 0]);
});
