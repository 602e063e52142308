// The history over a change of page: kept by the browser for as long as its tab is open. What does not fit the
// definitions any more (somebody else edited them) is forgotten.
import { History, type Step } from "./history";
import { same, type Definitions } from "./json";

const MOST = 200;

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

/** keys: the definitions that the designer opens by itself. */
export function remember(set: string, keys: string[], history: History, documents: Definitions): void {
  const { done, undone } = history.toJSON();
  for (let most = MOST; most > 0; most = Math.floor(most / 2)) {
    const steps = { done: done.slice(-most), undone: undone.slice(-most) };
    const now = Object.fromEntries(reached([...steps.done, ...steps.undone], keys).map((key) => [key, documents[key] ?? null]));
    try {
      sessionStorage.setItem(place(set, keys), JSON.stringify({ now, ...steps }));
      return;
    } catch {
      // The browser gives a few megabytes: then fewer steps outlive the page.
    }
  }
}

function kept(set: string, keys: string[]): Kept | null {
  try {
    return JSON.parse(sessionStorage.getItem(place(set, keys)) ?? "null") as Kept | null;
  } catch {
    return null;
  }
}

/** The definitions that the steps reach, which have to be looked at before they are recalled. */
export function reachedBy(set: string, keys: string[]): string[] {
  return Object.keys(kept(set, keys)?.now ?? {});
}

export function recalled(set: string, keys: string[], documents: Definitions): History {
  const found = kept(set, keys);
  const fits = found && same(found.now, Object.fromEntries(Object.keys(found.now).map((key) => [key, documents[key] ?? null])));
  return fits ? new History(found.done, found.undone) : new History();
}
