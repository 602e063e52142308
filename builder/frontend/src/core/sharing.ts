// JSON as a table of its parts, each written once: the steps of a history repeat nearly all of a definition.
import type { Json } from "./json";

/** Longer texts, such as pictures, are parts of their own. */
const LONG = 1000;

type Place = [number];

export function packed(value: Json): string {
  const parts: string[] = [];
  const places = new Map<string, number>();
  const known = new WeakMap<object, number>();

  const place = (text: string): number => {
    const found = places.get(text);
    if (found !== undefined) return found;
    places.set(text, parts.length);
    return parts.push(text) - 1;
  };
  const written = (each: Json | undefined): string => {
    if (typeof each === "string" && each.length >= LONG) return `[${place(JSON.stringify(each))}]`;
    if (typeof each !== "object" || each === null) return JSON.stringify(each ?? null);
    let found = known.get(each);
    if (found === undefined) {
      found = place(Array.isArray(each) ? `[${each.map(written).join()}]` : `{${named(each).join()}}`);
      known.set(each, found);
    }
    return `[${found}]`;
  };
  const named = (each: { [name: string]: Json | undefined }): string[] =>
    Object.entries(each).flatMap(([name, inner]) => (inner === undefined ? [] : [`${JSON.stringify(name)}:${written(inner)}`]));

  const root = written(value);
  return `{"root":${root},"parts":[${parts.join()}]}`;
}

/** Parts that were one are one object again. A part stands behind those that it is made of. */
export function unpacked(text: string): Json {
  const { root, parts } = JSON.parse(text) as { root: Json; parts: Json[] };
  const values: Json[] = [];
  const read = (each: Json): Json => (Array.isArray(each) ? values[(each as Place)[0]] : each) ?? null;
  for (const part of parts) {
    if (Array.isArray(part)) values.push(part.map(read));
    else if (typeof part === "object" && part !== null) values.push(Object.fromEntries(Object.entries(part).map(([name, each]) => [name, read(each)])));
    else values.push(part);
  }
  return read(root);
}
