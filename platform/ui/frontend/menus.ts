// Menus are <details>: one open at a time, closed by Escape, by a click elsewhere, by choosing; kept inside the window.
import { all } from "./dom";

function closeOthers(except: Element | null): void {
  for (const menu of all<HTMLDetailsElement>("details.menu[open]")) if (!menu.contains(except)) menu.open = false;
}

/** What stays free between a panel and the edge of the window. */
const EDGE = 8;

/** Hangs a panel from the other end of its menu when it would leave the window, and moves it in where it leaves it either way. */
export function keepInside(menu: HTMLElement, pop: HTMLElement): void {
  // The width of the window itself grows on a phone with what stands outside it.
  const width = document.documentElement.clientWidth;
  pop.style.translate = "";
  const box = pop.getBoundingClientRect();
  if (box.right > width - EDGE) menu.classList.add("is-end");
  else if (box.left < EDGE) menu.classList.remove("is-end");
  const { left, right } = pop.getBoundingClientRect();
  const by = left < EDGE ? EDGE - left : Math.min(0, width - EDGE - right);
  if (by) pop.style.translate = `${by}px`;
}

function place(menu: HTMLDetailsElement): void {
  const pop = menu.querySelector<HTMLElement>(":scope > .pop");
  if (!pop || !menu.open) return;
  keepInside(menu, pop);
  if (!pop.contains(document.activeElement)) pop.querySelector<HTMLElement>("input[type=search], textarea")?.focus();
}

function open(menu: HTMLDetailsElement): void {
  closeOthers(menu);
  place(menu);
}

/** Opens a menu in the very press: "toggle" comes later, and whoever types on at once would lose the first letters. */
function press(event: Event): void {
  const menu = (event.target as Element).closest("summary")?.closest<HTMLDetailsElement>("details.menu");
  if (!menu || event.defaultPrevented) return;
  event.preventDefault();
  menu.open = !menu.open;
  if (menu.open) open(menu);
}

function step(event: KeyboardEvent, menu: HTMLDetailsElement): void {
  const items = all(".pop a, .pop button", menu).filter((item) => item.checkVisibility());
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next = items[(at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

export function startMenus(): void {
  for (const menu of all<HTMLDetailsElement>("details.menu[open]")) place(menu);
  document.addEventListener("toggle", (event) => {
    const menu = event.target as HTMLDetailsElement;
    if (menu.matches?.("details.menu") && menu.open) open(menu);
  }, true);
  document.addEventListener("click", (event) => {
    press(event);
    closeOthers(event.target as Element);
  });
  document.addEventListener("keydown", (event) => {
    const menu = (event.target as Element).closest?.<HTMLDetailsElement>("details.menu[open]");
    if (!menu) return;
    if (event.key === "Escape") {
      event.preventDefault();
      menu.open = false;
      menu.querySelector("summary")?.focus();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && !(event.target instanceof HTMLTextAreaElement)) step(event, menu);
  });
}
