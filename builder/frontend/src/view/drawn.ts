// A canvas that the type of the view has drawn by a template of its own. What is pressed on it says where it leads:
// `data-column` to a column, `data-option` to an option in the panel, `data-place` to another part of the records.
// Arrows go through what bears `data-stop`.
import { all } from "@ui/dom";

export interface Pressed {
  column?: string;
  option?: string;
  place?: string;
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** What cannot be seen (a day of another month, on a phone) takes no focus. */
function stopsOf(drawn: Element): HTMLElement[] {
  return all("[data-stop]", drawn).filter((each) => each.checkVisibility?.() ?? true);
}

export function pressed(event: Event): Pressed | null {
  const found = (event.target as Element).closest<HTMLElement>("[data-column], [data-option], [data-place]");
  return found ? (({ column, option, place }) => ({ column, option, place }))(found.dataset) : null;
}

/** One of the stops takes the tab key, and those of the chosen column are shown as such. */
export function settle(drawn: Element, chosen: string | null): void {
  const stops = stopsOf(drawn);
  if (!stops.some((each) => each.tabIndex === 0) && stops[0]) stops[0].tabIndex = 0;
  for (const each of stops) each.classList.toggle("is-chosen", chosen !== null && each.dataset.column === chosen);
}

/** Whether a key led to another stop. */
export function roam(event: KeyboardEvent): boolean {
  const drawn = event.currentTarget as Element;
  const stops = stopsOf(drawn);
  const at = stops.indexOf(event.target as HTMLElement);
  const step = STEPS[event.key];
  if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return false;
  const next = step ? stops[at + step] : event.key === "Home" ? stops[0] : event.key === "End" ? stops.at(-1) : undefined;
  if (!next) return false;
  for (const each of stops) each.tabIndex = each === next ? 0 : -1;
  next.focus();
  return true;
}
