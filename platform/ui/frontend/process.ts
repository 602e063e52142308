// Brings fetched markup to life: htmx attributes and the controllers that are bound to plain elements.
import htmx from "htmx.org";

type Starter = (inside: ParentNode) => void;
const starters: Starter[] = [];

/** Registers a controller that must look at every new piece of the page, and runs it on the whole page. */
export function onContent(start: Starter): void {
  starters.push(start);
  start(document);
}

export function process(inside: HTMLElement): void {
  htmx.process(inside);
  for (const start of starters) start(inside);
}

document.addEventListener("htmx:after:swap", (event) => {
  const { target } = event.detail.ctx;
  const inside = target instanceof HTMLElement && target.isConnected ? target : document;
  for (const start of starters) start(inside);
});
