// Cards on the twelve columns of a dashboard: where each stands, and who makes room when one of them is moved. Cards
// never lie over one another and rise as far as they can, as on the page that people see.
import { at, isObject, put, type Definition } from "../core/json";
import { free, slug } from "../core/labels";

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export type Boxes = Map<string, Box>;
export type Size = readonly [number, number];

export const COLUMNS = 12;
export const ROWS = 24;
const PLACE = ["x", "y", "width", "height"] as const;

function within(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, Math.round(value)));
}

export function boxOf(card: Definition): Box {
  const read = (name: string, fallback: number) => (typeof card[name] === "number" ? card[name] : fallback);
  const width = within(read("width", 4), 1, COLUMNS);
  return { x: within(read("x", 0), 0, COLUMNS - width), y: Math.max(0, read("y", 0)), width, height: within(read("height", 3), 1, ROWS) };
}

export function boxesOf(board: Definition): Boxes {
  const cards = isObject(board.cards) ? board.cards : {};
  return settled(new Map(Object.entries(cards).map(([name, card]) => [name, boxOf(isObject(card) ? card : {})])));
}

/** Names in the order in which they are read: row by row. */
export function reading(boxes: Boxes): string[] {
  return [...boxes].sort(([a, one], [b, other]) => one.y - other.y || one.x - other.x || (a < b ? -1 : 1)).map(([name]) => name);
}

/** Numbers that would stand alone where two share a row: cards in reading order, and whether each is a number. */
export function alone(cards: [string, boolean][]): Set<string> {
  const found = new Set<string>();
  let waiting: string | undefined;
  for (const [name, isNumber] of [...cards, ["", false] as [string, boolean]]) {
    if (!isNumber && waiting) found.add(waiting);
    waiting = isNumber && !waiting ? name : undefined;
  }
  return found;
}

function besides(one: Box, other: Box): boolean {
  return one.x + one.width <= other.x || other.x + other.width <= one.x;
}

function clash(one: Box, other: Box): boolean {
  return !besides(one, other) && one.y < other.y + other.height && other.y < one.y + one.height;
}

/** Boxes that do not lie over one another. held: the one that stays where it is while the others make room. */
export function settled(boxes: Boxes, held?: string): Boxes {
  const order = reading(boxes).sort((a, b) => Number(b === held) - Number(a === held));
  const apart: Boxes = new Map();
  for (const name of order) {
    const box = { ...(boxes.get(name) as Box) };
    for (let other = hit(box, apart); other; other = hit(box, apart)) box.y = other.y + other.height;
    apart.set(name, box);
  }
  return risen(apart);
}

function hit(box: Box, others: Boxes): Box | undefined {
  return [...others.values()].find((each) => clash(box, each));
}

function risen(boxes: Boxes): Boxes {
  const done: Boxes = new Map();
  for (const name of reading(boxes)) {
    const box = { ...(boxes.get(name) as Box) };
    while (box.y > 0 && !hit({ ...box, y: box.y - 1 }, done)) box.y -= 1;
    done.set(name, box);
  }
  return done;
}

/** One column aside, or past the next card above or below. */
export function moved(boxes: Boxes, name: string, dx: number, dy: number): Boxes {
  const box = boxes.get(name);
  if (!box) return boxes;
  const others = [...boxes].filter(([other, each]) => other !== name && !besides(box, each)).map(([, each]) => each);
  const above = Math.max(0, ...others.filter((each) => each.y < box.y).map((each) => each.y));
  const below = Math.min(...others.filter((each) => each.y > box.y).map((each) => each.y + each.height));
  if (dy > 0 && below === Infinity) return boxes;
  const y = dy < 0 ? above : dy > 0 ? below : box.y;
  const next = new Map(boxes).set(name, { ...box, x: within(box.x + dx, 0, COLUMNS - box.width), y });
  return settled(next, dy > 0 ? undefined : name);
}

/** Before another card in the order of reading, or after all of them. */
export function before(boxes: Boxes, name: string, next: string | undefined): Boxes {
  const box = boxes.get(name);
  if (!box) return boxes;
  const { x, y } = boxes.get(next ?? "") ?? { x: 0, y: bottom(boxes) };
  const wanted = { ...box, x: within(x, 0, COLUMNS - box.width), y };
  const others = reading(boxes).filter((each) => each !== name);
  const place = next !== undefined && boxes.has(next) ? others.indexOf(next) : others.length;
  const above = others.slice(0, place).map((each) => boxes.get(each) as Box).filter((each) => clash(wanted, each));
  const found = new Map(boxes).set(name, above.length ? { ...wanted, y: bottomOf(above) } : wanted);
  if (above.length) for (const each of others.slice(place)) lower(found, each, bottomOf(above) + box.height);
  return settled(found, name);
}

function lower(boxes: Boxes, name: string, least: number): void {
  const box = boxes.get(name) as Box;
  boxes.set(name, { ...box, y: Math.max(box.y, least) });
}

function bottomOf(boxes: Iterable<Box>): number {
  return Math.max(0, ...[...boxes].map((each) => each.y + each.height));
}

export function bottom(boxes: Boxes): number {
  return bottomOf(boxes.values());
}

export function resized(boxes: Boxes, name: string, dw: number, dh: number): Boxes {
  const box = boxes.get(name);
  if (!box) return boxes;
  const next = { ...box, width: within(box.width + dw, 1, COLUMNS - box.x), height: within(box.height + dh, 1, ROWS) };
  return settled(new Map(boxes).set(name, next), name);
}

/** The first place from the top where a new card disturbs no other. */
function room(boxes: Boxes, [width, height]: Size): Box {
  const end = bottom(boxes);
  for (let y = 0; y < end; y++)
    for (let x = 0; x + width <= COLUMNS; x++) {
      const box = { x, y, width, height };
      if (!hit(box, boxes)) return box;
    }
  return { x: 0, y: end, width, height };
}

export interface Wanted {
  card: Definition;
  size: Size;
  /** Where it was let go; nothing: where there is room. */
  spot?: { x: number; y: number };
}

/** The board with a new card, and its name. */
export function added(board: Definition, { card, size, spot }: Wanted): { board: Definition; name: string } {
  const boxes = boxesOf(board);
  const name = free(slug(String(card.target ?? "text").replace(/^\w+\//, "")) || "card", boxes.keys());
  const box = spot ? { ...boxOf({ x: spot.x, y: spot.y, width: size[0], height: size[1] }) } : room(boxes, size);
  const cards = { ...(isObject(board.cards) ? board.cards : {}), [name]: card };
  return { board: placed({ ...board, cards }, settled(boxes.set(name, box), name)), name };
}

/** The board with its cards where the boxes are; those that stay are left as they are. */
export function placed(board: Definition, boxes: Boxes): Definition {
  let next = board;
  for (const [name, box] of boxes) {
    const card = at(board, ["cards", name]);
    if (!isObject(card) || PLACE.every((part) => card[part] === box[part])) continue;
    next = put(next, ["cards", name], { ...card, ...box }) as Definition;
  }
  return next;
}

/** A board in which one card was given another place by hand. */
export function held(board: Definition, name: string): Definition {
  const card = at(board, ["cards", name]);
  const isWhole = isObject(card) && PLACE.every((part) => Number.isInteger(card[part])) && Number(card.x) + Number(card.width) <= COLUMNS;
  if (!isWhole) return board;
  return placed(board, settled(boxesOf(put(board, ["cards", name], undefined) as Definition).set(name, boxOf(card)), name));
}

export function without(board: Definition, name: string): Definition {
  const next = put(board, ["cards", name], undefined) as Definition;
  return placed(next, boxesOf(next));
}
