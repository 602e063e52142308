import { expect, test } from "vitest";
import { keepInside } from "./menus";

/** A panel of 300 pixels at a menu that begins at `left`, in a window of 375. */
function hung(left: number, isEnd: boolean): { isEnd: boolean; by: string } {
  Object.defineProperty(document.documentElement, "clientWidth", { value: 375, configurable: true });
  const [menu, pop] = [document.createElement("details"), document.createElement("div")];
  menu.classList.toggle("is-end", isEnd);
  const begins = () => (menu.classList.contains("is-end") ? left + 44 - 300 : left);
  pop.getBoundingClientRect = () => new DOMRect(begins(), 0, 300, 100);
  keepInside(menu, pop);
  return { isEnd: menu.classList.contains("is-end"), by: pop.style.translate };
}

test("a panel that would leave the window hangs from the other end of its menu", () => {
  expect(hung(320, false)).toEqual({ isEnd: true, by: "" });
  expect(hung(10, true)).toEqual({ isEnd: false, by: "" });
});

test("a panel that fits at neither end is moved in", () => {
  expect(hung(257, true)).toEqual({ isEnd: false, by: "-190px" });
  expect(hung(150, false)).toEqual({ isEnd: true, by: "114px" });
});
