// What is written when a record moves to another day: pure, so that it can be tried without a page.

export interface Moves {
  api: string;
  version: string;
  start: string;
  end: string | null;
  said: Record<string, string | null>;
  day: string;
  time: string | null;
}

const DAY = 86_400_000;

/** Days from one to another, both as `2026-05-01`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}

export function shifted(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}

/** The values of a record that is carried `days` further; a moment keeps its hour in the zone of `offset`, and what
 * lasts keeps how long it lasts. */
export function values(moves: Moves, days: number, offset: string): Record<string, string | null> {
  const start = moves.said[moves.start];
  if (!start) return {};
  const moved = moves.time ? `${shifted(moves.day, days)}T${moves.time}${offset}` : shifted(start, days);
  const end = moves.end ? moves.said[moves.end] : null;
  if (!moves.end || !end) return { [moves.start]: moved };
  const last = moves.time ? new Date(Date.parse(moved) + Date.parse(end) - Date.parse(start)).toISOString() : shifted(end, days);
  return { [moves.start]: moved, [moves.end]: last };
}
