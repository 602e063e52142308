// The history over a change of page: kept by the browser until its reader signs out. What does not fit the
// definitions any more (somebody else edited them) is forgotten, with what lies behind it.
import { HISTORIES, makeRoom } from "@ui/histories";
import { History, type Step } from "./history";
import { same, type Definitions, type Json } from "./json";
import { packed, unpacked } from "./sharing";

/** Whose it is, in which change set, and of which definitions: those that the designer opens by itself. */
export interface Place {
  person: string;
  set: string;
  keys: string[];
}

interface Kept {
  now: Definitions;
  done: Step[];
  undone: Step[];
}

/** What a place is called in the browser. */
export function called({ person, set, keys }: Place): string {
  return `${person} ${set} ${keys.join(" ")}`;
}

function reached(steps: Step[], keys: string[]): string[] {
  return [...new Set([...keys, ...steps.flatMap((step) => Object.keys(step.after))])];
}

/** The steps at an end of the history that touch these definitions only. */
function inside(steps: Step[], keys: string[]): Step[] {
  const last = steps.findLastIndex((step) => Object.keys(step.after).some((key) => !keys.includes(key)));
  return steps.slice(last + 1);
}

function written(name: string, text: string): boolean {
  try {
    localStorage.setItem(name, text);
    return true;
  } catch {
    return false;
  }
}

/** Whether there was room for it, the histories of other definitions given up where there was none. */
export function stored(name: string, text: string): boolean {
  if (written(name, text)) return true;
  makeRoom(name);
  return written(name, text);
}

export function remember(place: Place, history: History, documents: Definitions): void {
  const { done, undone } = history.toJSON();
  const name = HISTORIES + called(place);
  for (let most = Math.max(done.length, undone.length, 1); most > 0; most = Math.floor(most / 2)) {
    const steps = { done: done.slice(-most), undone: undone.slice(-most) };
    const now = Object.fromEntries(reached([...steps.done, ...steps.undone], place.keys).map((key) => [key, documents[key] ?? null]));
    const text = packed({ now, ...steps } as unknown as Json);
    if (stored(name, text)) return;
  }
}

function kept(place: Place): Kept | null {
  try {
    const found = localStorage.getItem(HISTORIES + called(place));
    return found ? (unpacked(found) as unknown as Kept) : null;
  } catch {
    return null;
  }
}

/** The definitions that are there and that the steps reach: they have to be looked at before these are recalled. */
export function reachedBy(place: Place): string[] {
  return Object.entries(kept(place)?.now ?? {}).flatMap(([key, definition]) => (definition ? [key] : []));
}

export function recalled(place: Place, documents: Definitions): History {
  const found = kept(place);
  const { keys } = place;
  const fits = (reached: string[]) => reached.every((key) => same(found?.now[key] ?? null, documents[key] ?? null));
  if (!found || !fits(keys)) return new History();
  return fits(Object.keys(found.now)) ? new History(found.done, found.undone) : new History(inside(found.done, keys), inside(found.undone, keys));
}
