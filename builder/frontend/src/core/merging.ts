// Two went on from one state of a definition: what each of them changed by himself goes together, property by property;
// where both changed the same one, each in another way, one of them has to give way.
import { isObject, own, same, type Definition, type Json } from "./json";

type Value = Json | undefined;

/** value: both together, mine where they clash. clashes: the places where they do. */
export interface Merged<T extends Value = Value> {
  value: T;
  clashes: string[][];
}

/** What the three say together; a definition that is not there is null. */
export function merged(base: Definition | null, mine: Definition | null, theirs: Definition | null): Merged<Definition | null> {
  const clashes: string[][] = [];
  return { value: put(base, mine, theirs, [], clashes) as Definition | null, clashes };
}

function put(base: Value, mine: Value, theirs: Value, path: string[], clashes: string[][]): Value {
  if (same(mine, theirs) || same(mine, base)) return theirs;
  if (same(base, theirs)) return mine;
  if (isObject(mine) && isObject(theirs) && (isObject(base) || base === undefined) && !isRetyped(base ?? {}, mine, theirs)) {
    const names = new Set([...Object.keys(theirs), ...Object.keys(mine)]);
    const parts = [...names].map((name): [string, Value] => [name, put(own(base, name), own(mine, name), own(theirs, name), [...path, name], clashes)]);
    return Object.fromEntries(parts.filter((each): each is [string, Json] => each[1] !== undefined));
  }
  clashes.push(path);
  return mine;
}

/** A type brings its options with it: whoever chose another type and whoever touched the options mean different things. */
function isRetyped(base: Definition, ...both: Definition[]): boolean {
  return both.some((each) => typeof each.type === "string" && each.type !== base.type) && both.every((each) => !same(each.type, base.type) || !same(each.options, base.options));
}
