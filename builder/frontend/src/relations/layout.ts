// Where the entities stand in the diagram, and how a line runs between two of them. Plain numbers, the same for the
// same entities whatever their labels say: what others point to stands above what points to it, and long rows are broken.
export interface Card {
  name: string;
  /** With its name where another one is called the same; `short` is without. */
  label: string;
  short: string;
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
/** Columns for each row, so that the diagram is a little wider than high. */
const RATIO = 0.6;
const FEW_ROWS = 4;

/** The entity that many records of the other one belong to. */
export function above({ source, target, ends }: Line): [string, string] {
  return ends[0] === "1" ? [source, target] : [target, source];
}

export function layout({ cards, lines }: Graph): Layout {
  const names = cards.map((each) => each.name).sort();
  const pairs = lines.filter((each) => each.source !== each.target).map(above).filter(([up, down]) => names.includes(up) && names.includes(down));
  const tied = new Set(pairs.flat());
  const most = Math.max(2, Math.ceil(Math.sqrt(names.length * RATIO)));
  const strict = layers(names.filter((name) => tied.has(name)), pairs);
  const isHigh = strict.length > Math.max(FEW_ROWS, Math.ceil(names.length / most));
  const rows = ordered(isHigh ? filled(strict.flat(), most) : strict.flatMap((row) => broken(row, most)), pairs);
  const alone = names.filter((name) => !tied.has(name));
  return spread([...rows, ...(alone.length ? broken(alone, most) : [])], isHigh);
}

/** Rows that are filled one after the other, where a row for each step of the way down would be too many. */
function filled(names: string[], most: number): string[][] {
  return Array.from({ length: Math.ceil(names.length / most) }, (_each, number) => names.slice(number * most, (number + 1) * most));
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

/** isShifted: every other row begins half a card further, so that long lines run between the cards. */
function spread(rows: string[][], isShifted: boolean): Layout {
  const most = Math.max(1, ...rows.map((row) => row.length));
  const shift = isShifted ? (BOX.width + GAP.x) / 2 : 0;
  const width = 2 * EDGE + most * BOX.width + (most - 1) * GAP.x + shift;
  const spots = new Map<string, Spot>();
  rows.forEach((row, number) => {
    const middle = (width - row.length * BOX.width - (row.length - 1) * GAP.x) / 2;
    const start = isShifted ? EDGE + (number % 2) * shift : middle;
    row.forEach((name, at) => spots.set(name, { x: start + at * (BOX.width + GAP.x), y: EDGE + number * (BOX.height + GAP.y) }));
  });
  return { width, height: 2 * EDGE + rows.length * BOX.height + Math.max(0, rows.length - 1) * GAP.y, spots };
}

export interface Way {
  d: string;
  /** Where the two cardinalities are written. */
  ends: [Spot, Spot];
}

interface End {
  at: number;
  far: number;
}

/** The ways of all lines, in their order; nothing for one whose cards are not shown. Ends spread over the edge of a card. */
export function waysOf(lines: Line[], spots: Map<string, Spot>): (Way | undefined)[] {
  const edges = new Map<string, End[]>();
  const pairs = lines.map(({ source, target }) => [spots.get(source), spots.get(target)] as const);
  pairs.forEach(([a, b], at) => {
    if (!a || !b || a === b) return;
    for (const [from, to] of [[a, b], [b, a]] as const) edges.set(edge(from, to), [...(edges.get(edge(from, to)) ?? []), { at, far: to.x }]);
  });
  for (const ends of edges.values()) ends.sort((one, other) => one.far - other.far || one.at - other.at);
  const port = (from: Spot, to: Spot, at: number) => {
    const ends = edges.get(edge(from, to)) ?? [];
    return from.x + (BOX.width * (ends.findIndex((each) => each.at === at) + 1)) / (ends.length + 1);
  };
  const loops = new Map<Spot, number>();
  return pairs.map(([a, b], at) => {
    if (!a || !b) return undefined;
    if (a !== b) return a.y === b.y ? arc({ x: port(a, b, at), y: a.y }, { x: port(b, a, at), y: b.y }) : wave(a, b, [port(a, b, at), port(b, a, at)]);
    loops.set(a, (loops.get(a) ?? -1) + 1);
    return loop(a, loops.get(a) ?? 0);
  });
}

/** Which edge of a card a line leaves by. */
function edge(from: Spot, to: Spot): string {
  return `${from.x} ${from.y} ${to.y > from.y ? "bottom" : "top"}`;
}

function wave(a: Spot, b: Spot, [x1, x2]: [number, number]): Way {
  const down = b.y > a.y;
  const [y1, y2] = down ? [a.y + BOX.height, b.y] : [a.y, b.y + BOX.height];
  const sign = down ? 1 : -1;
  const bend = Math.min(Math.abs(y2 - y1) / 2, GAP.y);
  return { d: `M ${x1} ${y1} C ${x1} ${y1 + sign * bend} ${x2} ${y2 - sign * bend} ${x2} ${y2}`, ends: [{ x: x1 + 4, y: y1 + sign * 9 + 4 }, { x: x2 + 4, y: y2 - sign * 9 + 4 }] };
}

function arc(start: Spot, end: Spot): Way {
  const rise = 26 + Math.min(20, Math.abs(end.x - start.x) / 40);
  return { d: `M ${start.x} ${start.y} C ${start.x} ${start.y - rise} ${end.x} ${end.y - rise} ${end.x} ${end.y}`, ends: [{ x: start.x + 4, y: start.y - 5 }, { x: end.x + 4, y: end.y - 5 }] };
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
