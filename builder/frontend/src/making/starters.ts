// What a new view, app or role begins with.
import { isObject, type Definition } from "../core/json";

export interface Filled {
  label: Definition;
  name: string;
  entity: string;
  type: string;
}

export function view({ label, entity, type }: Filled, about: Definition | null): Definition {
  const title = isObject(about) && typeof about.title === "string" ? about.title : "id";
  return { label, entity, type, columns: { [title]: { order: 10 } } };
}

export function app({ label }: Filled): Definition {
  return { label, icon: "briefcase", items: {} };
}

export function role({ label }: Filled): Definition {
  return { label, grants: {} };
}

/** The name that is free: a view stands under the name of its entity. */
export function named(kind: string, { name, entity }: Filled): string {
  return kind === "view" && entity && !name.includes(".") ? `${entity}.${name}` : name;
}
