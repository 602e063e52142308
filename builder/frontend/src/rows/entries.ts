// Entries of maps in a definition, as designers of rows change them: each function makes a new definition out of the old one.
import { isObject, put, rekeyed, type Definition, type Json } from "../core/json";
import { inOrder, placed } from "../core/orders";

export function mapOf(definition: Definition, map: string): Definition {
  const found = definition[map];
  return isObject(found) ? found : {};
}

export function entryOf(definition: Definition, map: string, name: string): Definition {
  const found = mapOf(definition, map)[name];
  return isObject(found) ? found : {};
}

/** The definition with an entry at a place of what is shown, whose order may be another one than that of the map. */
export function placedAs(definition: Definition, map: string, shown: string[], { name, entry, index }: { name: string; entry: Definition; index: number }): Definition {
  const others = shown.filter((each) => each !== name);
  const tidy = inTurn(mapOf(definition, map), others, name);
  return { ...definition, [map]: placed(tidy, name, entry, Math.max(0, Math.min(index, others.length))) };
}

/** The map in the order of the names; as it is where it already stands so. */
function inTurn(map: Definition, wanted: string[], but: string): Definition {
  const now = inOrder(map).map(([name]) => name).filter((name) => name !== but);
  if (now.every((name, at) => name === wanted[at])) return map;
  const numbered = wanted.map((name, at): [string, Json] => [name, { ...(map[name] as Definition), order: (at + 1) * 10 }]);
  return { ...map, ...Object.fromEntries(numbered) };
}

export function without(definition: Definition, map: string, name: string): Definition {
  return put(definition, [map, name], undefined) as Definition;
}

export function withKey(definition: Definition, map: string, old: string, name: string): Definition {
  return { ...definition, [map]: rekeyed(mapOf(definition, map), old, name) };
}

/** Every text in a list of names that says the old one says the new one. */
export function replaced(names: Json | undefined, old: string, name: string): Json[] {
  return Array.isArray(names) ? names.map((each) => (each === old ? name : each)) : [];
}
