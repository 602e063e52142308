// Where the stages of a pipeline stand in its graph, and how a move is drawn between two of them. Plain numbers.
import type { Pair } from "./moves";

export const BOX = { width: 128, height: 40 };
const GAP = { x: 44, y: 84 };
const EDGE = 18;

export interface Spot {
  x: number;
  y: number;
  isEnd: boolean;
  at: number;
}

export interface Layout {
  width: number;
  height: number;
  spots: Map<string, Spot>;
}

/** Open stages in a row, the ends in a row below it; arcs above the first and below the second row have room. */
export function layout(open: string[], ends: string[], pairs: Pair[]): Layout {
  const most = Math.max(open.length, ends.length, 1);
  const rise = room(open, pairs.filter(({ from, to }) => open.indexOf(to) - open.indexOf(from) !== 1));
  const width = 2 * EDGE + most * BOX.width + (most - 1) * GAP.x;
  const spots = new Map<string, Spot>();
  const row = (names: string[], y: number, isEnd: boolean) => {
    const start = (width - names.length * BOX.width - (names.length - 1) * GAP.x) / 2;
    names.forEach((name, at) => spots.set(name, { x: start + at * (BOX.width + GAP.x), y, isEnd, at }));
  };
  row(open, rise, false);
  row(ends, rise + BOX.height + GAP.y, true);
  return { width, height: rise + BOX.height + (ends.length ? GAP.y + BOX.height : 0) + room(ends, pairs), spots };
}

/** What the arcs within a row need beside it. */
function room(row: string[], pairs: Pair[]): number {
  const within = pairs.filter(({ from, to }) => row.includes(from) && row.includes(to));
  return EDGE + Math.max(0, ...within.map(({ from, to }) => arc(Math.abs(row.indexOf(to) - row.indexOf(from)))));
}

/** How far an arc over so many stages rises. */
function arc(steps: number): number {
  return 14 + 12 * Math.min(steps, 5);
}

/** The path of a move: straight to the next stage, in an arc over others and back, up and down between the rows. */
export function pathOf({ from, to }: Pair, spots: Map<string, Spot>): string {
  const [a, b] = [spots.get(from), spots.get(to)];
  if (!a || !b) return "";
  if (a.isEnd === b.isEnd) return inRow(a, b);
  const x1 = a.x + BOX.width / 2 + lean(a, b);
  const x2 = b.x + BOX.width / 2 + lean(b, a);
  const [y1, y2] = a.isEnd ? [a.y, b.y + BOX.height] : [a.y + BOX.height, b.y];
  const middle = (y1 + y2) / 2;
  // What leads back up leaves and arrives beside what leads down.
  const beside = a.isEnd ? 12 : -12;
  return `M ${x1 + beside} ${y1} C ${x1 + beside} ${middle}, ${x2 + beside} ${middle}, ${x2 + beside} ${y2}`;
}

/** Ends of lines spread over the edge of a box towards where they lead. */
function lean(from: Spot, to: Spot): number {
  return Math.max(-1, Math.min(1, (to.x - from.x) / (3 * BOX.width))) * (BOX.width / 2 - 28);
}

function inRow(a: Spot, b: Spot): string {
  const steps = Math.abs(b.at - a.at);
  const y = a.y + BOX.height / 2;
  const isForward = b.at > a.at;
  if (steps === 1 && isForward && !a.isEnd) return `M ${a.x + BOX.width} ${y} L ${b.x} ${y}`;
  const [edge, sign] = a.isEnd ? [a.y + BOX.height, 1] : [a.y, -1];
  // What leads back stands inside of what leads on.
  const aside = (isForward ? 1 : -1) * (isForward ? 22 : 40);
  const x1 = a.x + BOX.width / 2 + aside;
  const x2 = b.x + BOX.width / 2 - aside;
  const far = edge + sign * arc(steps) * (isForward ? 1.3 : 1);
  return `M ${x1} ${edge} C ${x1} ${far}, ${x2} ${far}, ${x2} ${edge}`;
}
