// Where the entities stand in the diagram, and how a line runs between two of them. Plain numbers, the same for the
// same entities: what others point to stands above what points to it, and long rows are broken.
export interface Card {
  name: string;
  label: string;
  icon: string;
  fields: number;
  url: string;
  mark: "new" | "edited" | "";
  apps: string[];
  system: boolean;
}

export interface Line {
  source: string;
  field: string;
  target: string;
  label: string;
  icon: string;
  ends: [string, string];
  is_new: boolean;
}

export interface Graph {
  cards: Card[];
  lines: Line[];
}

export interface Spot {
  x: number;
  y: number;
}

export interface Layout {
  width: number;
  height: number;
  spots: Map<string, Spot>;
}

export const BOX = { width: 188, height: 52 };
const GAP = { x: 44, y: 76 };
const EDGE = 28;
const SWEEPS = 6;
/** How much wider than high the diagram should be. */
const RATIO = 1.1;

/** The entity that many records of the other one belong to. */
export function above({ source, target, ends }: Line): [string, string] {
  return ends[0] === "1" ? [source, target] : [target, source];
}

export function layout({ cards, lines }: Graph): Layout {
  const names = cards.map((each) => each.name);
  const pairs = lines.filter((each) => each.source !== each.target).map(above).filter(([up, down]) => names.includes(up) && names.includes(down));
  const tied = new Set(pairs.flat());
  const rows = [...ordered(layers(names.filter((name) => tied.has(name)), pairs), pairs), names.filter((name) => !tied.has(name))];
  const most = Math.max(2, Math.ceil(Math.sqrt(names.length * RATIO)));
  return spread(rows.filter((row) => row.length).flatMap((row) => broken(row, most)));
}

/** Rows of names: each stands below everything that it points to, as far as nothing points in a circle. */
function layers(names: string[], pairs: [string, string][]): string[][] {
  const depth = new Map<string, number>();
  const deep = (name: string, way: ReadonlySet<string>): number => {
    const known = depth.get(name);
    if (known !== undefined) return known;
    const onward = new Set(way).add(name);
    const ups = pairs.filter(([up, down]) => down === name && !onward.has(up)).map(([up]) => deep(up, onward) + 1);
    const found = Math.max(0, ...ups);
    depth.set(name, found);
    return found;
  };
  const rows: string[][] = [];
  for (const name of names) (rows[deep(name, new Set())] ??= []).push(name);
  return rows.filter(Boolean);
}

/** The same rows, each in the order that leaves the shortest way to its neighbours above and below. */
function ordered(rows: string[][], pairs: [string, string][]): string[][] {
  const neighbours = new Map<string, string[]>();
  for (const [up, down] of pairs) {
    neighbours.set(up, [...(neighbours.get(up) ?? []), down]);
    neighbours.set(down, [...(neighbours.get(down) ?? []), up]);
  }
  let sorted = rows;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const place = new Map(sorted.flatMap((row) => row.map((name, at): [string, number] => [name, (at + 0.5) / row.length])));
    const middle = (name: string) => {
      const found = (neighbours.get(name) ?? []).map((each) => place.get(each) ?? 0.5);
      return found.length ? found.reduce((sum, each) => sum + each, 0) / found.length : 0.5;
    };
    sorted = sorted.map((row) => [...row].sort((a, b) => middle(a) - middle(b) || (a < b ? -1 : 1)));
  }
  return sorted;
}

function broken(row: string[], most: number): string[][] {
  const count = Math.ceil(row.length / most);
  const size = Math.ceil(row.length / count);
  return Array.from({ length: count }, (_each, number) => row.slice(number * size, (number + 1) * size));
}

function spread(rows: string[][]): Layout {
  const most = Math.max(1, ...rows.map((row) => row.length));
  const width = 2 * EDGE + most * BOX.width + (most - 1) * GAP.x;
  const spots = new Map<string, Spot>();
  rows.forEach((row, number) => {
    const start = (width - row.length * BOX.width - (row.length - 1) * GAP.x) / 2;
    row.forEach((name, at) => spots.set(name, { x: start + at * (BOX.width + GAP.x), y: EDGE + number * (BOX.height + GAP.y) }));
  });
  return { width, height: 2 * EDGE + rows.length * BOX.height + Math.max(0, rows.length - 1) * GAP.y, spots };
}

export interface Way {
  d: string;
  /** Where the two cardinalities are written. */
  ends: [Spot, Spot];
}

/** The way of a line. offset: its number among those between the same two cards, so that they lie beside one another. */
export function wayOf(a: Spot, b: Spot, offset: number): Way {
  if (a === b) return loop(a, offset);
  const aside = offset * 14;
  if (a.y === b.y) return arc(a, b, offset);
  const down = b.y > a.y;
  const start = { x: a.x + BOX.width / 2 + lean(a, b) + aside, y: down ? a.y + BOX.height : a.y };
  const end = { x: b.x + BOX.width / 2 + lean(b, a) + aside, y: down ? b.y : b.y + BOX.height };
  const middle = (start.y + end.y) / 2;
  const sign = down ? 1 : -1;
  return { d: `M ${start.x} ${start.y} C ${start.x} ${middle} ${end.x} ${middle} ${end.x} ${end.y}`, ends: [{ x: start.x + 7, y: start.y + sign * 13 + 4 }, { x: end.x + 7, y: end.y - sign * 13 + 4 }] };
}

/** Ends of lines spread over the edge of a card towards where they lead. */
function lean(from: Spot, to: Spot): number {
  return Math.max(-1, Math.min(1, (to.x - from.x) / (3 * BOX.width))) * (BOX.width / 2 - 26);
}

function arc(a: Spot, b: Spot, offset: number): Way {
  const sign = b.x > a.x ? 1 : -1;
  const rise = 22 + 12 * offset + Math.min(18, Math.abs(b.x - a.x) / 60);
  const start = { x: a.x + BOX.width / 2 + sign * 40, y: a.y };
  const end = { x: b.x + BOX.width / 2 - sign * 40, y: b.y };
  return { d: `M ${start.x} ${start.y} C ${start.x} ${start.y - rise} ${end.x} ${end.y - rise} ${end.x} ${end.y}`, ends: [{ x: start.x - 12, y: start.y - 5 }, { x: end.x + 5, y: end.y - 5 }] };
}

function loop(a: Spot, offset: number): Way {
  const x = a.x + BOX.width;
  const y = a.y + 14;
  const reach = 26 + 12 * offset;
  return { d: `M ${x} ${y} C ${x + reach} ${y - 8} ${x + reach} ${y + 32} ${x} ${y + 24}`, ends: [{ x: x + 5, y: y - 3 }, { x: x + 5, y: y + 37 }] };
}

const STEPS: Record<string, Spot> = { ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 } };

/** The nearest card in a direction; nothing where there is none. */
export function towards(spots: Map<string, Spot>, from: string, key: string): string | undefined {
  const here = spots.get(from);
  if (!here) return undefined;
  const { x: dx, y: dy } = STEPS[key] ?? { x: 0, y: 0 };
  const found = [...spots].flatMap(([name, { x, y }]) => {
    const ahead = (x - here.x) * dx + (y - here.y) * dy;
    const aside = Math.abs((x - here.x) * dy) + Math.abs((y - here.y) * dx);
    return name !== from && ahead > 0 && (dx === 0 || aside === 0) ? [{ name, far: ahead * (dx ? 1 : 3) + aside }] : [];
  });
  return found.sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))[0]?.name;
}
