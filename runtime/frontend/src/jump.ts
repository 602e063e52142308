// Quick search: Ctrl-K or ⌘K opens it anywhere. The server answers `?q=` with the fragment of hits; arrows choose,
// Enter opens, Ctrl-Enter opens in a new tab, Escape closes and gives the focus back.
import { all, debounce } from "@ui/dom";
import { ask } from "@ui/net";
import { say } from "@ui/words";

let asked = "";
let returnTo: HTMLElement | null = null;

const veil = () => document.getElementById("jump");
const input = () => veil()?.querySelector<HTMLInputElement>("input") as HTMLInputElement;
const list = () => document.getElementById("jump-hits") as HTMLElement;
const hits = () => all<HTMLAnchorElement>('a[role="option"]', list());

function choose(hit: HTMLElement | undefined): void {
  for (const each of hits()) each.toggleAttribute("aria-current", false);
  for (const each of hits()) each.setAttribute("aria-selected", String(each === hit));
  hit?.setAttribute("aria-current", "true");
  hit?.scrollIntoView({ block: "nearest" });
  if (hit) input().setAttribute("aria-activedescendant", hit.id);
  else input().removeAttribute("aria-activedescendant");
}

async function search(): Promise<void> {
  const query = input().value.trim();
  if (query === asked) return;
  asked = query;
  const url = veil()?.dataset.searchUrl ?? "";
  const answer = await ask(`${url}${url.includes("?") ? "&" : "?"}q=${encodeURIComponent(query)}`);
  if (!answer || asked !== query) return;
  if (answer.ok) list().innerHTML = await answer.text();
  else list().textContent = say("failed", { status: answer.status });
  choose(hits()[0]);
}

export function openJump(): void {
  const box = veil();
  if (!box || document.querySelector("dialog[open]")) return;
  returnTo = document.activeElement as HTMLElement;
  box.hidden = false;
  asked = "\u0000";
  input().select();
  input().focus();
  void search();
}

function close(): void {
  const box = veil();
  if (!box || box.hidden) return;
  box.hidden = true;
  returnTo?.focus();
}

function onKey(event: KeyboardEvent): void {
  const all = hits();
  const at = all.findIndex((hit) => hit.hasAttribute("aria-current"));
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) choose(all[(at + step + all.length) % all.length]);
  else if (event.key === "Enter" && all[at]) open(all[at].href, event.ctrlKey || event.metaKey ? "_blank" : "_self");
  else if (event.key === "Escape") close();
  else if (event.key !== "Tab") return;
  event.preventDefault();
}

export function startJump(): void {
  const box = veil();
  if (!box) return;
  const later = debounce(() => void search(), 140);
  input().addEventListener("input", later);
  box.addEventListener("keydown", onKey);
  box.addEventListener("click", (event) => {
    if (event.target === box) close();
  });
  // Not by data-key: the button is hidden where the window is narrow, the key works there too.
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    openJump();
  });
  document.addEventListener("click", (event) => {
    if (!(event.target as Element).closest("[data-jump]") || event.defaultPrevented) return;
    event.preventDefault();
    openJump();
  });
}
