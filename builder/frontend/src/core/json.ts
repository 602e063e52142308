// Definitions as JSON: reading and writing a place in one, by path or JSON pointer. Nothing is changed in place: an edit
// makes new objects along its path and shares the rest, so that every step of the history is cheap to keep.
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
/** Where something stands in a definition: `["fields", "amount"]`. */
export type Path = string[];
export type Definition = { [name: string]: Json };
/** Definitions by `kind/name`; null for one that is not there. */
export type Definitions = Record<string, Definition | null>;

export function isObject(value: unknown): value is Definition {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What an object itself has under a name: a field may be called `constructor`. */
export function own(value: Definition | undefined, name: string): Json | undefined {
  return value && Object.hasOwn(value, name) ? value[name] : undefined;
}

export function pointer(path: readonly string[]): string {
  return path.map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

export function pathOf(pointer: string): string[] {
  return pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** What stands at a path, undefined where there is nothing. */
export function at(value: Json | undefined, path: readonly string[]): Json | undefined {
  let here: Json | undefined = value;
  for (const part of path) here = isObject(here) ? own(here, part) : Array.isArray(here) ? here[Number(part)] : undefined;
  return here;
}

/** The value with another one at a path; undefined takes out what is there. Objects on the way are made. */
export function put(value: Json | undefined, path: readonly string[], next: Json | undefined): Json {
  const [name, ...rest] = path;
  if (name === undefined) return next ?? null;
  if (Array.isArray(value)) return value.map((each, number) => (String(number) === name ? put(each, rest, next) : each));
  const copy: Definition = isObject(value) ? { ...value } : {};
  if (rest.length || next !== undefined) copy[name] = put(own(copy, name), rest, next);
  else delete copy[name];
  return copy;
}

/** A map with one key called otherwise, in its old place. */
export function rekeyed(map: Definition, old: string, name: string): Definition {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key === old ? name : key, value]));
}

/** Whether two values say the same; the order of keys says nothing. */
export function same(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((each, number) => same(each, other[number]));
  if (!isObject(one) || !isObject(other)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => Object.hasOwn(one, name) && Object.hasOwn(other, name) && same(one[name], other[name]));
}

/** A definition as it travels: without what the engine keeps in it. A choice may be called as that is. */
export function withoutEngineKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutEngineKeys);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name, each]) => name !== "stored_as" || isObject(each)).map(([name, each]) => [name, withoutEngineKeys(each)]));
}
