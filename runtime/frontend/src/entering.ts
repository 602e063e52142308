// The first arrow key on a list or a board enters it, so that a page just opened needs no Tab to be worked by keys; M on a
// board picks up the card that Tab would come to, or the arrow after it would enter and Enter open a record.
import { all, moveFocus } from "@ui/dom";

const ARROWS = ["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "j", "k"];
const STOPS = "sartor-list [data-row], sartor-board [data-stop]";

function enter(event: KeyboardEvent): void {
  const moves = event.key === "m";
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !(moves || ARROWS.includes(event.key))) return;
  if (document.activeElement !== document.body || document.querySelector("dialog[open]")) return;
  const stops = all(STOPS);
  const first = stops.find((stop) => stop.tabIndex === 0);
  if (!first || (moves && !first.closest("sartor-board"))) return;
  event.preventDefault();
  moveFocus(first, stops);
  if (moves) first.dispatchEvent(new KeyboardEvent("keydown", { key: event.key, repeat: event.repeat, bubbles: true, cancelable: true }));
}

export function startEntering(): void {
  document.addEventListener("keydown", enter);
}
