// A new form of an entity: all of its fields on a main one, on a quick one those that nobody can do without.
import type { Definition } from "../core/json";
import { fieldsOf } from "../entity/fields";

export type Purpose = "main" | "quick";

export function formed(name: string, entity: Definition, purpose: Purpose): Definition {
  const needed = ([key, field]: [string, Definition]) => purpose === "main" || key === entity.title || field.required === true;
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
  return (["main", "quick"] as const).filter((purpose) => !keys.includes(`form/${name}.${purpose}`));
}
