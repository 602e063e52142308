// The history over a change of page: kept by the browser until its reader signs out. What does not fit the
// definitions any more (somebody else edited them) is forgotten, with what lies behind it.
import { HISTORIES, makeRoom } from "@ui/histories";
import { History, type Step } from "./history";
import { same, type Definitions, type Json } from "./json";
import { packed, unpacked } from "./sharing";

interface Kept {
  now: Definitions;
  done: Step[];
  undone: Step[];
}

function place(set: string, keys: string[]): string {
  return `${HISTORIES}${set} ${keys.join(" ")}`;
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

/** keys: the definitions that the designer opens by itself. */
export function remember(set: string, keys: string[], history: History, documents: Definitions): void {
  const { done, undone } = history.toJSON();
  const name = place(set, keys);
  for (let most = Math.max(done.length, undone.length, 1); most > 0; most = Math.floor(most / 2)) {
    const steps = { done: done.slice(-most), undone: undone.slice(-most) };
    const now = Object.fromEntries(reached([...steps.done, ...steps.undone], keys).map((key) => [key, documents[key] ?? null]));
    const text = packed({ now, ...steps } as unknown as Json);
    if (stored(name, text)) return;
  }
}

function kept(set: string, keys: string[]): Kept | null {
  try {
    const found = localStorage.getItem(place(set, keys));
    return found ? (unpacked(found) as unknown as Kept) : null;
  } catch {
    return null;
  }
}

/** The definitions that are there and that the steps reach: they have to be looked at before these are recalled. */
export function reachedBy(set: string, keys: string[]): string[] {
  return Object.entries(kept(set, keys)?.now ?? {}).flatMap(([key, definition]) => (definition ? [key] : []));
}

export function recalled(set: string, keys: string[], documents: Definitions): History {
  const found = kept(set, keys);
  const fits = (reached: string[]) => reached.every((key) => same(found?.now[key] ?? null, documents[key] ?? null));
  if (!found || !fits(keys)) return new History();
  return fits(Object.keys(found.now)) ? new History(found.done, found.undone) : new History(inside(found.done, keys), inside(found.undone, keys));
}
