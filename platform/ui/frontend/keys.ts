// Keys that buttons show: `data-key="N"` is pressed by N, `⌘S` by Ctrl or Command with S, `Esc` by Escape.
import { all, isTyping } from "./dom";

const NAMES: Record<string, string> = { Escape: "Esc", Enter: "↵", " ": "Space" };
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** The key of an event as buttons write it. */
export function written(event: KeyboardEvent): string {
  const name = NAMES[event.key] ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key);
  return (event.metaKey || event.ctrlKey ? "⌘" : "") + (event.shiftKey && (event.key.length > 1 || /[a-z]/i.test(event.key)) ? "⇧" : "") + name;
}

function bearer(key: string): HTMLElement | undefined {
  const scope = document.querySelector<HTMLElement>("dialog[open]") ?? document;
  return all(`[data-key="${CSS.escape(key)}"]`, scope).find((element) => element.checkVisibility());
}

function onKey(event: KeyboardEvent): void {
  const key = written(event);
  if (event.defaultPrevented || event.altKey || (isTyping(event.target) && !key.startsWith("⌘") && key !== "Esc")) return;
  const element = bearer(key);
  if (!element) return;
  event.preventDefault();
  element.click();
}

/** Shortcuts are said to readers too, and Macs see their own signs. */
export function label(inside: ParentNode): void {
  for (const element of all("[data-key]", inside)) {
    const key = element.dataset.key ?? "";
    const spoken = key.replace("Esc", "Escape").replace("↵", "Enter");
    element.setAttribute("aria-keyshortcuts", spoken.startsWith("⌘") ? `Control+${spoken.slice(1)} Meta+${spoken.slice(1)}` : spoken);
    const kbd = element.querySelector("kbd");
    if (kbd && key.startsWith("⌘")) kbd.textContent = isMac ? key : `Ctrl ${key.slice(1)}`;
  }
  if (isMac) for (const kbd of all("kbd[data-mac]", inside)) kbd.textContent = kbd.dataset.mac ?? "";
}

/** While an input method composes (pinyin), its keys choose among characters: no Enter adds, sends or opens, no Escape
 * closes. Safari tells of its last one by the old code alone. The editor of expressions knows that by itself. */
function composing(event: KeyboardEvent): void {
  const isEditor = event.composedPath().some((each) => each instanceof Element && each.classList.contains("cm-content"));
  if ((event.isComposing || event.keyCode === 229) && !isEditor) event.stopImmediatePropagation();
}

export function startKeys(): void {
  window.addEventListener("keydown", composing, true);
  document.addEventListener("keydown", onKey);
}
