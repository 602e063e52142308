// A new entity with what makes it useful at once: a form, a list, and an entry in an application.
import { isObject, type Definition, type Definitions } from "../core/json";
import { placed } from "../core/orders";

export interface Wanted {
  name: string;
  label: Definition;
  /** What many of them are called. */
  plural: Definition;
  icon: string;
  /** The application whose navigation shows it, if any. */
  app?: { key: string; definition: Definition };
}

export function founded({ name, label, plural, icon, app }: Wanted): Definitions {
  const made: Definitions = {
    [`entity/${name}`]: {
      label,
      ...(Object.keys(plural).length ? { plural } : {}),
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
      label: all({ ...label, ...plural }),
      entity: name,
      type: "list",
      default: true,
      columns: { name: { order: 10 }, owner: { order: 20 }, updated_at: { order: 30 } },
    },
  };
  if (app) made[app.key] = withEntry(app.definition, name, { ...label, ...plural }, icon);
  return made;
}

function all(many: Definition): Definition {
  return Object.fromEntries(Object.entries(many).map(([language, text]) => [language, language === "zh" ? `全部${String(text)}` : `All ${low(String(text))}`]));
}

/** As it stands within a sentence; abbreviations keep their case. */
function low(text: string): string {
  const first = text.slice(0, 2);
  return first === first.toUpperCase() ? text : text.slice(0, 1).toLowerCase() + text.slice(1);
}

function withEntry(app: Definition, name: string, label: Definition, icon: string): Definition {
  const items = isObject(app.items) ? app.items : {};
  return { ...app, items: placed(items, name, { target: `view/${name}.all`, label, icon }, Object.keys(items).length) };
}
