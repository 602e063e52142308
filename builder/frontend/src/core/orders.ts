// Maps whose values carry a decimal `order`: reading them in order, and putting an entry at another place.
import { isObject, type Definition, type Json } from "./json";

const STEP = 10;

function orderOf(value: Json): number {
  const order = isObject(value) ? value.order : undefined;
  return order === undefined || order === null ? Infinity : Number(order);
}

/** Entries as the engine puts them: by order, ties by key, those without an order last. */
export function inOrder(map: Json | undefined): [string, Definition][] {
  const entries = isObject(map) ? (Object.entries(map) as [string, Definition][]) : [];
  return entries.sort(([a, one], [b, other]) => orderOf(one) - orderOf(other) || (orderOf(one) === orderOf(other) && a < b ? -1 : 1));
}

/** A number between two others; undefined where there is no room that six decimals can tell. */
function between(before: number, after: number): number | undefined {
  if (!isFinite(before) && !isFinite(after)) return STEP;
  if (!isFinite(after)) return Math.floor(before) + STEP;
  if (!isFinite(before)) return Math.ceil(after) - STEP;
  const middle = Number(((before + after) / 2).toFixed(6));
  return before < middle && middle < after ? middle : undefined;
}

/** The map with an entry at a place among the others; it is put in if it was not there. Only its own order changes,
 * unless its new neighbours leave no room between them. */
export function placed(map: Definition, key: string, value: Definition, wanted: number): Definition {
  const others = inOrder(map).filter(([name]) => name !== key);
  const index = Math.max(0, Math.min(wanted, others.length));
  const before = others[index - 1];
  const after = others[index];
  const lost = others.slice(0, index).some(([, each]) => !isFinite(orderOf(each)));
  const order = lost ? undefined : between(before ? orderOf(before[1]) : -Infinity, after ? orderOf(after[1]) : Infinity);
  if (order !== undefined) return { ...map, [key]: { ...value, order } };
  const all: [string, Definition][] = [...others.slice(0, index), [key, value], ...others.slice(index)];
  return { ...map, ...Object.fromEntries(all.map(([name, each], number) => [name, { ...each, order: (number + 1) * STEP }])) };
}
