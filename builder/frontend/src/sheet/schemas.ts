// A schema as a designer wants it in its panel: without what the canvas shows, with names to choose from.
import { isObject } from "../core/json";
import type { Reading, Schema } from "../panel/schema";

/** The schema without some parts. */
export function lacking(schema: Schema, names: readonly string[]): Schema {
  const properties = isObject(schema.properties) ? schema.properties : {};
  return { ...schema, properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name))) };
}

/** The schema of one part; what stands beside its `$ref` included. */
export function part(reading: Reading, schema: Schema, name: string): Schema {
  return reading.resolved(isObject(schema.properties) ? schema.properties[name] : {});
}

/** What the entries of a map look like. */
export function entry(reading: Reading, schema: Schema, name: string): Schema {
  return reading.resolved(part(reading, schema, name).additionalProperties);
}

/** The schema with one part that is chosen out of a list. */
export function choosing(reading: Reading, schema: Schema, name: string, choices: readonly (readonly [string, string])[]): Schema {
  const known = part(reading, schema, name);
  const chosen = { ...known, enum: choices.map(([key]) => key), "x-texts": Object.fromEntries(choices) };
  return { ...schema, properties: { ...(schema.properties as Schema), [name]: chosen } };
}
