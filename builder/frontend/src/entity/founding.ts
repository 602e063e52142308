// A new entity with what makes it useful at once: a form, a list, and an entry in an application.
import { isObject, type Definition, type Definitions } from "../core/json";
import { placed } from "../core/orders";

export interface Wanted {
  name: string;
  label: Definition;
  icon: string;
  /** The application whose navigation shows it, if any. */
  app?: { key: string; definition: Definition };
}

export function founded({ name, label, icon, app }: Wanted): Definitions {
  const made: Definitions = {
    [`entity/${name}`]: {
      label,
      icon,
      title: "name",
      owned: true,
      fields: { name: { type: "text", label: { en: "Name", zh: "名称" }, order: 10, required: true } },
    },
    [`form/${name}.main`]: {
      label,
      entity: name,
      purpose: "main",
      sections: { basics: { label: { en: "Basics", zh: "基本信息" }, order: 10, fields: { name: { order: 10 } } } },
    },
    [`view/${name}.all`]: {
      label: all(label),
      entity: name,
      type: "list",
      default: true,
      columns: { name: { order: 10 }, owner: { order: 20 }, updated_at: { order: 30 } },
    },
  };
  if (app) made[app.key] = withEntry(app.definition, name, label, icon);
  return made;
}

function all(label: Definition): Definition {
  return Object.fromEntries(Object.entries(label).map(([language, text]) => [language, language === "zh" ? `全部${String(text)}` : `All: ${String(text)}`]));
}

function withEntry(app: Definition, name: string, label: Definition, icon: string): Definition {
  const items = isObject(app.items) ? app.items : {};
  return { ...app, items: placed(items, name, { target: `view/${name}.all`, label, icon }, Object.keys(items).length) };
}
