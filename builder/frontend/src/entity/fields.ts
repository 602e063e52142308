// Fields of an entity as a designer changes them: each function makes a new definition out of the old one.
import { isObject, put, rekeyed, type Definition, type Json } from "../core/json";
import { free, pick, slug } from "../core/labels";
import { inOrder, placed } from "../core/orders";
import type { Reading, TypeAbout } from "../panel/schema";
import { entry, part } from "../sheet/schemas";

export function fieldsOf(entity: Definition): [string, Definition][] {
  return inOrder(entity.fields);
}

function map(entity: Definition): Definition {
  return isObject(entity.fields) ? entity.fields : {};
}

function starterOf(type: TypeAbout): Definition {
  return type.starter ? { options: type.starter } : {};
}

/** The entity with a new field of a type at a place; and the field's name. */
export function added(entity: Definition, type: TypeAbout, index: number): { entity: Definition; name: string } {
  const name = free(slug(pick(type.label, "en")) || type.key, Object.keys(map(entity)));
  const field: Definition = { type: type.key, label: type.label, ...starterOf(type) };
  return { entity: { ...entity, fields: placed(map(entity), name, field, index) }, name };
}

/** A copy of a field right after it; the label says so in both languages. */
export function doubled(entity: Definition, name: string): { entity: Definition; name: string } {
  const field = map(entity)[name];
  const at = fieldsOf(entity).findIndex(([each]) => each === name);
  const copy = free(`${name}_copy`.slice(0, 38), Object.keys(map(entity)));
  if (!isObject(field)) return { entity, name };
  const { formerly: _formerly, origin: _origin, brings_back: _back, ...rest } = field;
  return { entity: { ...entity, fields: placed(map(entity), copy, rest, at + 1) }, name: copy };
}

export function moved(entity: Definition, name: string, index: number): Definition {
  const field = map(entity)[name];
  const last = Object.keys(map(entity)).length - 1;
  return isObject(field) ? { ...entity, fields: placed(map(entity), name, field, Math.max(0, Math.min(index, last))) } : entity;
}

export function without(entity: Definition, name: string): Definition {
  return put(entity, ["fields", name], undefined) as Definition;
}

/** Another name for a field that nobody refers to yet. */
export function renamed(entity: Definition, name: string, wanted: string): Definition {
  const title: Definition = entity.title === name ? { title: wanted } : {};
  return { ...entity, ...title, fields: rekeyed(map(entity), name, wanted) };
}

/** What a field is called that points to records of an entity. many: to several of them. */
export function calledAfter(target: string, entity: Definition, many: boolean): { name: string; label: Json } {
  const one = entity.label ?? target;
  return many ? { name: slug(pick(entity.plural, "en")) || target, label: entity.plural ?? one } : { name: target, label: one };
}

/** A field of another type: options of the old one mean nothing for it, nor does what the new one has no use for. */
export function retyped(entity: Definition, name: string, type: TypeAbout): Definition {
  const field = map(entity)[name];
  if (!isObject(field)) return entity;
  const rest = Object.fromEntries(Object.entries(field).filter(([part]) => part !== "options" && !type.unused?.includes(part)));
  return { ...entity, fields: { ...map(entity), [name]: { ...rest, type: type.key, ...starterOf(type) } } };
}

/** The types that a field may have, as the schema of entities tells them. */
export function typesIn(reading: Reading, schema: Definition): TypeAbout[] {
  return reading.types(part(reading, entry(reading, schema, "fields"), "type")).filter((each) => !each.system);
}

/** The entity with another value at a path; a field of another type, or a formula with another result, begins with the
    options of that one. */
export function edited(entity: Definition, path: string[], value: Json | undefined, types: TypeAbout[]): Definition {
  const [head, name, property, ...below] = path;
  const type = head === "fields" ? types.find((each) => each.key === value) : undefined;
  if (type && property === "options" && below.join("/") === "result/type") return put(entity, path.slice(0, -1), { type: type.key, ...starterOf(type) }) as Definition;
  return type && property === "type" && !below.length && name ? retyped(entity, name, type) : (put(entity, path, value) as Definition);
}

export const NAME = /^[a-z][a-z0-9_]{0,39}$/;
