// What was typed and the server has not taken (half-made, offline, signed out): kept by the browser over a change of
// page, with what it was made upon, until it is saved or its reader signs out. Each tab keeps its own; what a tab has
// left behind goes to the next one on the same definitions.
import { UNSAVED } from "@ui/histories";
import { ofTab, within } from "@ui/tabs";
import type { Definitions } from "./json";
import { called, stored, type Place } from "./memory";

/** base: the edited definitions as the server had them. */
export interface Unsaved {
  base: Definitions;
  edits: Definitions;
}

const NONE: Unsaved = { base: {}, edits: {} };

function name(place: Place): string {
  return UNSAVED + called(place);
}

export function hold(place: Place, unsaved: Unsaved): void {
  const here = ofTab(name(place));
  if (Object.keys(unsaved.edits).length) stored(here, JSON.stringify(unsaved));
  else localStorage.removeItem(here);
}

/** After an answer. Nothing is held again that was forgotten meanwhile: its reader is signing out. */
export function holdStill(place: Place, unsaved: Unsaved): void {
  if (localStorage.getItem(ofTab(name(place))) !== null) hold(place, unsaved);
}

/** What this tab has not saved, or the last one that is no longer open has left behind: this tab's own from here on;
 *  earlier tabs' waits for others. */
export async function inherited(place: Place): Promise<Unsaved> {
  const [first] = await within(name(place));
  const unsaved = first === undefined ? NONE : taken(first);
  hold(place, unsaved);
  return unsaved;
}

function taken(name: string): Unsaved {
  const text = localStorage.getItem(name);
  localStorage.removeItem(name);
  return text ? (JSON.parse(text) as Unsaved) : NONE;
}
