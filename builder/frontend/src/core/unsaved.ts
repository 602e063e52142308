// What was typed and the server has not taken (half-made, offline, signed out): kept by the browser over a change of
// page, with what it was made upon, until it is saved or its reader signs out.
import { UNSAVED } from "@ui/histories";
import type { Definitions } from "./json";
import { stored } from "./memory";

/** base: the edited definitions as the server had them. */
export interface Unsaved {
  base: Definitions;
  edits: Definitions;
}

function place(set: string, keys: string[]): string {
  return `${UNSAVED}${set} ${keys.join(" ")}`;
}

/** keys: the definitions that the designer opens by itself. */
export function hold(set: string, keys: string[], unsaved: Unsaved): void {
  const name = place(set, keys);
  if (Object.keys(unsaved.edits).length) stored(name, JSON.stringify(unsaved));
  else localStorage.removeItem(name);
}

/** After an answer. Nothing is held again that was forgotten meanwhile: its reader is signing out. */
export function holdStill(set: string, keys: string[], unsaved: Unsaved): void {
  if (localStorage.getItem(place(set, keys)) !== null) hold(set, keys, unsaved);
}

export function held(set: string, keys: string[]): Unsaved {
  try {
    return JSON.parse(localStorage.getItem(place(set, keys)) ?? "") as Unsaved;
  } catch {
    return { base: {}, edits: {} };
  }
}
