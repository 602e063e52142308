// Arrow keys between the lines of a page that open and close: in `data-walk`, from one summary to the next.
import { all, isTyping } from "@ui/dom";

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

function lines(): HTMLElement[] {
  return all("[data-walk] summary").filter((line) => line.checkVisibility());
}

/** The line that a step leads to from the focused one; the first or the last where none has the focus. */
export function next(found: readonly HTMLElement[], from: Element | null, step: number): HTMLElement | undefined {
  const here = found.findIndex((line) => line === from);
  if (here < 0) return step > 0 ? found[0] : found.at(-1);
  return found[here + step];
}

function onKey(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const plain = !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented);
  if (!step || !plain || isTyping(event.target) || event.target instanceof HTMLInputElement) return;
  const line = next(lines(), document.activeElement, step);
  if (!line) return;
  event.preventDefault();
  line.focus();
}

export function startWalking(): void {
  document.addEventListener("keydown", onKey);
}
