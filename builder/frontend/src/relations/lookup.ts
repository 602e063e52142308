// A new relation from one entity to another, as a designer makes it out of a line between two cards.
import { isObject, type Definition, type Json } from "../core/json";
import { free, pick, slug } from "../core/labels";
import { placed } from "../core/orders";

/** How records of two entities may belong together: one of many, many of many, one of any of several, lines of a record. */
export const KINDS = ["lookup", "link", "reference", "children"] as const;
export type Kind = (typeof KINDS)[number];

export interface Made {
  entity: Definition;
  name: string;
}

/** The entity with a field that points to another one, called as that one is; and the field's name. */
export function pointing(entity: Definition, target: string, label: Json | undefined, kind: Kind = "lookup"): Made {
  const options: Definition = kind === "reference" ? { entities: { [target]: { order: 1 } } } : { entity: target };
  return added(entity, target, { type: kind, label: label ?? target, options });
}

/** A record and its lines: the lines' lookup back, which is made unless there is one, and the field that lists them. */
export function owning(parent: { name: string; entity: Definition }, lines: { name: string; entity: Definition }): { parent: Made; lines: Definition } {
  const known = Object.entries(isObject(lines.entity.fields) ? lines.entity.fields : {}).find(([, field]) => isObject(field) && field.type === "lookup" && isObject(field.options) && field.options.entity === parent.name)?.[0];
  const back = known ? { entity: lines.entity, name: known } : pointing(lines.entity, parent.name, parent.entity.label);
  const field: Definition = { type: "children", label: lines.entity.plural ?? lines.entity.label ?? lines.name, options: { entity: lines.name, lookup: back.name } };
  return { parent: added(parent.entity, lines.name, field), lines: back.entity };
}

function added(entity: Definition, wanted: string, field: Definition): Made {
  const fields = isObject(entity.fields) ? entity.fields : {};
  const name = free(slug(wanted) || "lookup", Object.keys(fields));
  return { entity: { ...entity, fields: placed(fields, name, field, Infinity) }, name };
}

/** What the lookup is called on the screen. */
export function labelOf(entity: Definition, name: string): string {
  const field = isObject(entity.fields) ? entity.fields[name] : undefined;
  return (isObject(field) && pick(field.label)) || name;
}
