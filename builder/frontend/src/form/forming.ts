// A new form of an entity: all of its fields on a main one, on a quick one those that nobody can do without; one for
// phones begins as what they have shown so far.
import { isObject, type Definition, type Json } from "../core/json";
import { fieldsOf } from "../entity/fields";

export type Purpose = "main" | "phone" | "quick";

/** main: the main form of the entity, where it has one. */
export function formed(name: string, entity: Definition, purpose: Purpose, main?: Definition): Definition {
  if (purpose === "phone" && main) return { ...(ownOf(main) as Definition), label: ofPhones(main.label ?? name), purpose };
  const needed = ([key, field]: [string, Definition]) => purpose !== "quick" || key === entity.title || field.required === true;
  const fields = fieldsOf(entity).filter(needed).map(([key], at) => [key, { order: (at + 1) * 10 }] as const);
  return {
    label: entity.label ?? name,
    entity: name,
    purpose,
    sections: { basics: { label: { en: "Basics", zh: "基本信息" }, order: 10, fields: Object.fromEntries(fields) } },
  };
}

/** The purposes for which an entity has no form yet. keys: of all forms. */
export function missing(name: string, keys: string[]): Purpose[] {
  return (["main", "phone", "quick"] as const).filter((purpose) => !keys.includes(`form/${name}.${purpose}`));
}

/** Lists of definitions tell the two apart by it. */
function ofPhones(label: Json): Json {
  const { en, zh } = isObject(label) ? label : { en: label, zh: label };
  return { ...(en ? { en: `${en} (phone)` } : {}), ...(zh ? { zh: `${zh}（手机）` } : {}) };
}

/** A part as its maker's own: what of it came with a blueprint goes and comes with that. */
function ownOf(part: Json): Json {
  if (!isObject(part)) return part;
  const kept = Object.entries(part).filter(([key, value]) => key !== "origin" || typeof value !== "string");
  return Object.fromEntries(kept.map(([key, value]) => [key, ownOf(value)]));
}
