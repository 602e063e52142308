// The history over a change of page: kept by the browser for as long as its tab is open. What does not fit the
// definitions any more (somebody else edited them) is forgotten, and so is what reached further than this designer.
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

function own(documents: Definitions, keys: string[]): Definitions {
  return Object.fromEntries(keys.map((key) => [key, documents[key] ?? null]));
}

/** The steps at an end of the history that touch these definitions only. */
function inside(steps: Step[], keys: string[]): Step[] {
  const last = steps.findLastIndex((step) => Object.keys(step.after).some((key) => !keys.includes(key)));
  return steps.slice(last + 1);
}

/** keys: the definitions that the designer opens by itself. */
export function remember(set: string, keys: string[], history: History, documents: Definitions): void {
  const { done, undone } = history.toJSON();
  const kept = { now: own(documents, keys), done: inside(done, keys), undone: inside(undone, keys) };
  for (let most = MOST; most > 0; most = Math.floor(most / 2)) {
    try {
      sessionStorage.setItem(place(set, keys), JSON.stringify({ ...kept, done: kept.done.slice(-most), undone: kept.undone.slice(-most) }));
      return;
    } catch {
      // The browser gives a few megabytes: then fewer steps outlive the page.
    }
  }
}

export function recalled(set: string, keys: string[], documents: Definitions): History {
  try {
    const kept = JSON.parse(sessionStorage.getItem(place(set, keys)) ?? "null") as Kept | null;
    return kept && same(kept.now, own(documents, keys)) ? new History(kept.done, kept.undone) : new History();
  } catch {
    return new History();
  }
}
