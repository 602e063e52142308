// The history over a change of page: kept by the browser for as long as its tab is open. What does not fit the
// definitions any more (somebody else edited them) is forgotten, with what lies behind it.
import { History, type Step } from "./history";
import { same, type Definitions } from "./json";

const MOST = 200;
/** Longer texts, such as pictures, stand in many steps and are kept once. */
const LONG = 1000;

interface Kept {
  now: Definitions;
  done: Step[];
  undone: Step[];
}

function place(set: string, keys: string[]): string {
  return `sartor history ${set} ${keys.join(" ")}`;
}

function reached(steps: Step[], keys: string[]): string[] {
  return [...new Set([...keys, ...steps.flatMap((step) => Object.keys(step.after))])];
}

/** The steps at an end of the history that touch these definitions only. */
function inside(steps: Step[], keys: string[]): Step[] {
  const last = steps.findLastIndex((step) => Object.keys(step.after).some((key) => !keys.includes(key)));
  return steps.slice(last + 1);
}

function packed(kept: Kept): string {
  const texts: string[] = [];
  const body = JSON.stringify(kept, (_name, value: unknown) => {
    if (typeof value !== "string" || value.length < LONG) return value;
    if (!texts.includes(value)) texts.push(value);
    return { "long text": texts.indexOf(value) };
  });
  return JSON.stringify({ texts, body });
}

function unpacked(text: string): Kept | null {
  const { texts, body } = JSON.parse(text) as { texts: string[]; body: string };
  return JSON.parse(body, (_name, value: Record<string, unknown> | null) => (typeof value?.["long text"] === "number" ? texts[value["long text"]] : value)) as Kept | null;
}

/** keys: the definitions that the designer opens by itself. */
export function remember(set: string, keys: string[], history: History, documents: Definitions): void {
  const { done, undone } = history.toJSON();
  for (let most = MOST; most > 0; most = Math.floor(most / 2)) {
    const steps = { done: done.slice(-most), undone: undone.slice(-most) };
    const now = Object.fromEntries(reached([...steps.done, ...steps.undone], keys).map((key) => [key, documents[key] ?? null]));
    try {
      sessionStorage.setItem(place(set, keys), packed({ now, ...steps }));
      return;
    } catch {
      // The browser gives a few megabytes: then fewer steps outlive the page.
    }
  }
}

function kept(set: string, keys: string[]): Kept | null {
  try {
    const found = sessionStorage.getItem(place(set, keys));
    return found ? unpacked(found) : null;
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
