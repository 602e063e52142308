// The history over a change of page: each tab's own, kept by the browser until its reader signs out; a new tab goes on with
// what the last one has left behind. A step against which somebody else's edit stands is forgotten, with what lies behind it.
import { HISTORIES, makeRoom } from "@ui/histories";
import { ofTab, within } from "@ui/tabs";
import { History, type Step } from "./history";
import { same, type Definitions, type Json } from "./json";
import { packed, unpacked } from "./sharing";
import { turned } from "./turning";

/** Whose it is, in which change set, and of which definitions: those that the designer opens by itself. */
export interface Place {
  person: string;
  set: string;
  keys: string[];
}

export interface Kept {
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

/** The steps at an end of the history that can still be done, one after the other. way: what each goes from, and to. */
function doable(steps: Step[], documents: Definitions, way: [from: "before" | "after", to: "before" | "after"]): Step[] {
  let now = documents;
  const last = steps.findLastIndex((step) => {
    const next = turned(step[way[0]], step[way[1]], now);
    const isDone = Object.entries(next.documents).some(([key, each]) => !same(each, now[key] ?? null));
    now = { ...now, ...next.documents };
    return !isDone;
  });
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
  const name = ofTab(HISTORIES + called(place));
  for (let most = Math.max(done.length, undone.length, 1); most > 0; most = Math.floor(most / 2)) {
    const steps = { done: done.slice(-most), undone: undone.slice(-most) };
    const now = Object.fromEntries(reached([...steps.done, ...steps.undone], place.keys).map((key) => [key, documents[key] ?? null]));
    const text = packed({ now, ...steps } as unknown as Json);
    if (stored(name, text)) return;
  }
}

/** The history of this tab, or what the last one has left behind: this tab's own from here on. */
export async function inheritedSteps(place: Place): Promise<Kept | null> {
  const [first, ...older] = await within(HISTORIES + called(place));
  const text = first === undefined ? null : localStorage.getItem(first);
  for (const each of [first ?? "", ...older]) localStorage.removeItem(each);
  if (text) stored(ofTab(HISTORIES + called(place)), text);
  return read(text);
}

function read(text: string | null): Kept | null {
  try {
    return text ? (unpacked(text) as unknown as Kept) : null;
  } catch {
    return null;
  }
}

/** The definitions that are there and that the steps reach: they have to be looked at before these are recalled. */
export function reachedBy(found: Kept | null): string[] {
  return Object.entries(found?.now ?? {}).flatMap(([key, definition]) => (definition ? [key] : []));
}

export function recalled(found: Kept | null, documents: Definitions): History {
  if (!found) return new History();
  const fits = Object.entries(found.now).every(([key, definition]) => same(definition, documents[key] ?? null));
  if (fits) return new History(found.done, found.undone);
  return new History(doable(found.done, documents, ["after", "before"]), doable(found.undone, documents, ["before", "after"]));
}
