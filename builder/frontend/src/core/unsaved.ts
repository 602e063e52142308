// What was typed and the server has not taken (half-made, offline, signed out): kept by the browser over a change of
// page, with what it was made upon, until it is saved or its reader signs out. Each page keeps its own; what a page has
// left behind goes to the next one on the same definitions.
import { UNSAVED } from "@ui/histories";
import type { Definitions } from "./json";
import { called, stored, type Place } from "./memory";
import { openPages, PAGE } from "./tabs";

/** base: the edited definitions as the server had them. */
export interface Unsaved {
  base: Definitions;
  edits: Definitions;
}

const NONE: Unsaved = { base: {}, edits: {} };

function name(place: Place, page: string): string {
  return `${UNSAVED}${called(place)} @${page}`;
}

export function hold(place: Place, unsaved: Unsaved): void {
  const here = name(place, PAGE);
  if (Object.keys(unsaved.edits).length) stored(here, JSON.stringify(unsaved));
  else localStorage.removeItem(here);
}

/** After an answer. Nothing is held again that was forgotten meanwhile: its reader is signing out. */
export function holdStill(place: Place, unsaved: Unsaved): void {
  if (localStorage.getItem(name(place, PAGE)) !== null) hold(place, unsaved);
}

/** What the last page that is no longer open has left behind, this page's own from here on; earlier pages' waits for others. */
export async function inherited(place: Place): Promise<Unsaved> {
  const open = await openPages();
  const pages = Object.keys(localStorage).flatMap((each) => (each.startsWith(name(place, "")) ? [each.slice(name(place, "").length)] : []));
  const last = pages.filter((page) => !open.has(page)).sort().at(-1);
  const unsaved = last === undefined ? NONE : taken(name(place, last));
  hold(place, unsaved);
  return unsaved;
}

function taken(name: string): Unsaved {
  const text = localStorage.getItem(name);
  localStorage.removeItem(name);
  return text ? (JSON.parse(text) as Unsaved) : NONE;
}
