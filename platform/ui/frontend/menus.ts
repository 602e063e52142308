// Menus are <details>: one open at a time, closed by Escape, by a click elsewhere, by choosing; kept inside the window.
import { all } from "./dom";

function closeOthers(except: Element | null): void {
  for (const menu of all<HTMLDetailsElement>("details.menu[open]")) if (!menu.contains(except)) menu.open = false;
}

/** Hangs a panel from the other end of its menu when it would leave the window. */
export function keepInside(menu: HTMLElement, pop: HTMLElement): void {
  const box = pop.getBoundingClientRect();
  if (box.right > window.innerWidth - 8) menu.classList.add("is-end");
  else if (box.left < 8) menu.classList.remove("is-end");
}

function place(menu: HTMLDetailsElement): void {
  const pop = menu.querySelector<HTMLElement>(":scope > .pop");
  if (!pop || !menu.open) return;
  keepInside(menu, pop);
  pop.querySelector<HTMLElement>("input[type=search], textarea")?.focus();
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
    if (menu.matches?.("details.menu") && menu.open) {
      closeOthers(menu);
      place(menu);
    }
  }, true);
  document.addEventListener("click", (event) => closeOthers(event.target as Element));
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
