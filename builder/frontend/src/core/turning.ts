// A step taken back or done again upon definitions that somebody else may have edited since: his edits stay.
import type { Definitions } from "./json";
import { merged } from "./merging";

/** documents: those of the step, as they are then; none where isStale: somebody else has edited the same since. */
export interface Turned {
  documents: Definitions;
  isStale: boolean;
}

/** from, to: the definitions of a step on its two sides. */
export function turned(from: Definitions, to: Definitions, now: Definitions): Turned {
  const made = Object.keys({ ...from, ...to }).map((key) => ({ key, ...merged(from[key] ?? null, now[key] ?? null, to[key] ?? null) }));
  const isStale = made.some(({ clashes }) => clashes.length > 0);
  return { isStale, documents: isStale ? {} : Object.fromEntries(made.map(({ key, value }) => [key, value])) };
}
