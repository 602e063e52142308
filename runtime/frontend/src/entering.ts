// The first arrow key on a list or a board enters it, so that a page just opened needs no Tab to be worked by keys.
import { all, moveFocus } from "@ui/dom";

const ARROWS = ["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "j", "k"];
const STOPS = "sartor-list [data-row], sartor-board [data-stop]";

function enter(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !ARROWS.includes(event.key)) return;
  if (document.activeElement !== document.body || document.querySelector("dialog[open]")) return;
  const stops = all(STOPS);
  const first = stops.find((stop) => stop.tabIndex === 0);
  if (!first) return;
  event.preventDefault();
  moveFocus(first, stops);
}

export function startEntering(): void {
  document.addEventListener("keydown", enter);
}
