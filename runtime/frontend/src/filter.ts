// The filter bar: `data-editor` opens the editor of one condition below its chip; each change asks the server for the
// editor again, which then shows the whole filter as text and how many records match. Sending it is a plain GET form.
import { all, debounce } from "@ui/dom";
import { ask, refuse } from "@ui/net";
import { keepInside } from "@ui/menus";
import { process } from "@ui/process";

let opener: HTMLElement | null = null;

const editor = () => document.querySelector<HTMLElement>("[data-editor-box]");
const formOf = (box: HTMLElement) => box.querySelector("form") as HTMLFormElement;

function close(): void {
  editor()?.remove();
  opener?.focus();
  opener = null;
}

async function open(link: HTMLAnchorElement): Promise<void> {
  const answer = await ask(link.href);
  if (!answer) return;
  if (!answer.ok) return void (await refuse(answer));
  close();
  opener = link;
  const menu = link.closest<HTMLElement>(".menu");
  if (menu instanceof HTMLDetailsElement) {
    menu.open = false;
    opener = menu.querySelector("summary");
  }
  const host = menu instanceof HTMLDetailsElement ? menu.parentElement : menu;
  const box = parsed(await answer.text());
  host?.append(box);
  if (menu instanceof HTMLDetailsElement) box.style.left = `${Math.min(menu.offsetLeft, window.innerWidth - 600)}px`;
  else if (menu) keepInside(menu, box);
  start(box);
}

function parsed(markup: string): HTMLElement {
  const shelf = document.createElement("div");
  shelf.innerHTML = markup;
  return shelf.firstElementChild as HTMLElement;
}

function start(box: HTMLElement): void {
  process(box);
  box.querySelector<HTMLElement>(".field input:not([type=hidden]), .field select, input:checked")?.focus();
}

async function refresh(box: HTMLElement): Promise<void> {
  const form = formOf(box);
  const data = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
  const url = form.dataset.url ?? "";
  const answer = await ask(`${url}${url.includes("?") ? "&" : "?"}${data}`);
  if (!answer?.ok || !box.isConnected) return;
  const focused = inHand(document.activeElement);
  const fresh = parsed(await answer.text());
  fresh.style.left = box.style.left;
  keepTyping(box, fresh, focused);
}

/** The name of the input that somebody is at: pickers have a box of their own beside it. */
function inHand(active: Element | null): string | undefined {
  const picker = active?.closest(".ts-wrapper")?.previousElementSibling;
  return picker instanceof HTMLSelectElement ? picker.name : (active as HTMLInputElement | null)?.name;
}

/** While somebody types, only what the server says is renewed; the boxes stay. */
function keepTyping(box: HTMLElement, fresh: HTMLElement, focused: string | undefined): void {
  const typed = focused && focused !== "op" && box.querySelector(`[name="${CSS.escape(focused)}"]`);
  if (!typed) {
    box.replaceWith(fresh);
    return start(fresh);
  }
  for (const part of [".expr", "[aria-live]", ".wrong"]) {
    const from = fresh.querySelector(part);
    const to = box.querySelector(part);
    if (to) to.textContent = from?.textContent ?? "";
  }
}

function searchFields(input: HTMLInputElement): void {
  const sought = input.value.trim().toLowerCase();
  for (const link of all(".field-list a", input.closest(".field-menu") ?? document)) link.hidden = !link.textContent?.toLowerCase().includes(sought);
}

export function startFilter(): void {
  const later = debounce(() => {
    const box = editor();
    if (box) void refresh(box);
  }, 250);
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const link = target.closest<HTMLAnchorElement>("a[data-editor]");
    if (link) {
      event.preventDefault();
      void open(link);
    } else if (target.closest("[data-close]") || (editor() && !target.closest("[data-editor-box], .ts-dropdown"))) close();
  });
  document.addEventListener("input", (event) => {
    const target = event.target as HTMLInputElement;
    if (target.closest("[data-field-menu]")) searchFields(target);
    else if (target.closest("[data-editor-form]")) later();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && editor()) {
      event.preventDefault();
      close();
    }
  });
}
