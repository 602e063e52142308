// What is written when a record moves to another day: pure, so that it can be tried without a page.

export interface Moves {
  api: string;
  version: string;
  start: string;
  end: string | null;
  said: Record<string, string | null>;
  /** Where hours matter: when it begins and ends by the reader's clock, without a zone. */
  walls: [string, string | null] | null;
}

/** From which wall-clock time on which offset counts, in seconds; the server knows the zones. */
export type Clock = [from: string, offset: number][];

const DAY = 86_400_000;

/** Days from one to another, both as `2026-05-01`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}

export function shifted(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}

/** The moment that clocks show so; of times that clocks skip or show twice see `clock.py`. */
export function moment(wall: string, clock: Clock): string {
  const [, offset] = clock.filter(([from]) => from <= wall).at(-1) ?? clock[0] ?? ["", 0];
  return new Date(Date.parse(`${wall}Z`) - offset * 1000).toISOString();
}

function carried(wall: string, days: number): string {
  return `${shifted(wall.slice(0, 10), days)}${wall.slice(10)}`;
}

/** The values of a record that is carried `days` further: it begins at the same hour. What lasts some hours of a day
 * lasts as long as before, what lasts for days ends at the same hour. */
export function values(moves: Moves, days: number, clock: Clock): Record<string, string | null> {
  const start = moves.said[moves.start];
  const end = moves.end ? moves.said[moves.end] : null;
  if (!start) return {};
  const [from, to] = moves.walls ?? [];
  const begins = from ? moment(carried(from, days), clock) : shifted(start, days);
  if (!moves.end || !end) return { [moves.start]: begins };
  if (!from || !to) return { [moves.start]: begins, [moves.end]: shifted(end, days) };
  const lasts = Date.parse(begins) + Date.parse(end) - Date.parse(start);
  const ends = from.slice(0, 10) === to.slice(0, 10) ? new Date(lasts).toISOString() : moment(carried(to, days), clock);
  return { [moves.start]: begins, [moves.end]: ends };
}
