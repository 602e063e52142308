// The history over a change of page: kept by the browser for as long as its tab is open. What does not fit the
// definition any more (somebody else edited it) is forgotten.
import { History, type Step } from "./history";
import { same, type Definition } from "./json";

const MOST = 200;

interface Kept {
  now: Definition | null;
  done: Step[];
  undone: Step[];
}

function place(set: string, key: string): string {
  return `sartor history ${set} ${key}`;
}

export function remember(set: string, key: string, history: History, now: Definition | null): void {
  const { done, undone } = history.toJSON();
  for (let most = MOST; most > 0; most = Math.floor(most / 2)) {
    try {
      sessionStorage.setItem(place(set, key), JSON.stringify({ now, done: done.slice(-most), undone: undone.slice(-most) }));
      return;
    } catch {
      // The browser gives a few megabytes: then fewer steps outlive the page.
    }
  }
}

export function recalled(set: string, key: string, now: Definition | null): History {
  try {
    const kept = JSON.parse(sessionStorage.getItem(place(set, key)) ?? "null") as Kept | null;
    return kept && same(kept.now, now) ? new History(kept.done, kept.undone) : new History();
  } catch {
    return new History();
  }
}
