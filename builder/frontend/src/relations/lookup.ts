// A new lookup from one entity to another, as a designer makes it out of a line between two cards.
import { isObject, type Definition, type Json } from "../core/json";
import { free, pick, slug } from "../core/labels";
import { placed } from "../core/orders";

/** The entity with a lookup to another one, called as that one is; and the lookup's name. */
export function pointing(entity: Definition, target: string, label: Json | undefined): { entity: Definition; name: string } {
  const fields = isObject(entity.fields) ? entity.fields : {};
  const name = free(slug(target) || "lookup", Object.keys(fields));
  const field: Definition = { type: "lookup", label: label ?? target, options: { entity: target } };
  return { entity: { ...entity, fields: placed(fields, name, field, Infinity) }, name };
}

/** What the lookup is called on the screen. */
export function labelOf(entity: Definition, name: string): string {
  const field = isObject(entity.fields) ? entity.fields[name] : undefined;
  return (isObject(field) && pick(field.label)) || name;
}
