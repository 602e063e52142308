// What comes onto a form out of the palette: a field of the entity, a new one, a section, a tab, a related list.
import { say } from "@ui/words";
import { at, isObject, type Definition, type Path } from "../core/json";
import { pick } from "../core/labels";
import type { Related } from "../core/related";
import { added, fieldsOf } from "../entity/fields";
import type { TypeAbout } from "../panel/schema";
import { fieldsIn, fieldsPath, sectionsOf, sectionsPath, tabsOf, withButton, withField, withSection, withTab } from "./layout";

const NEW_SECTION: Definition = { en: "New section", zh: "新分组" };

/** What there is. tab: the one that is shown. */
export interface Ground {
  form: Definition;
  entity: Definition;
  tab: string | null;
  types: TypeAbout[];
  related: Related[];
}

/** section: path of the section; empty where there is none. */
export interface Spot {
  section: Path;
  index: number;
}

/** What an addition makes: the form, the entity where it changes too, and what is chosen and shown then. */
export interface Addition {
  text: string;
  form: Definition;
  entity?: Definition;
  chosen: Path;
  tab: string | null;
}

/** Where a new thing goes: after the field that is chosen, into the section that is, else to the end of the last one. */
export function target(form: Definition, tab: string | null, chosen: Path): Spot {
  if (chosen.at(-2) === "fields") {
    const section = chosen.slice(0, -2);
    return { section, index: fieldsIn(at(form, section)).findIndex(([name]) => name === chosen.at(-1)) + 1 };
  }
  const last = sectionsOf(form, tab).at(-1)?.[0];
  const section = chosen.at(-2) === "sections" ? chosen : last ? [...sectionsPath(tab), last] : [];
  return { section, index: Infinity };
}

/** key: of the palette's item, `field:amount`. Nothing where there is no section to put a field into. */
export function adding(key: string, spot: Spot, ground: Ground): Addition | undefined {
  const name = key.slice(key.indexOf(":") + 1);
  if (key === "layout:section") return section(ground);
  if (key === "layout:tab") return tab(ground, "tab", { label: { en: "New tab", zh: "新标签页" }, kind: "fields", sections: { section: { label: NEW_SECTION, order: 10, fields: {} } } });
  if (key === "layout:button") return button(ground);
  if (key.startsWith("related:")) return relatedList(ground, name);
  if (!spot.section.length) return undefined;
  return key.startsWith("field:") ? placedField(ground, name, spot) : newField(ground, name, spot);
}

function placedField({ form, entity, tab }: Ground, name: string, { section, index }: Spot): Addition {
  const label = pick(at(entity, ["fields", name, "label"])) || name;
  return { text: say("build_placed", { label }), form: withField(form, section, name, index), chosen: [...fieldsPath(section), name], tab };
}

/** A field that the entity does not have yet: both definitions change. */
function newField({ form, entity, tab, types }: Ground, key: string, { section, index }: Spot): Addition | undefined {
  const type = types.find((each) => each.key === key);
  if (!type) return undefined;
  const made = added(entity, type, Infinity);
  const text = say("build_field_added", { label: pick(type.label) });
  return { text, form: withField(form, section, made.name, index), entity: made.entity, chosen: [...fieldsPath(section), made.name], tab };
}

function section({ form, tab }: Ground): Addition {
  const made = withSection(form, tab, NEW_SECTION, Infinity);
  return { text: say("build_section_added"), form: made.form, chosen: made.path, tab };
}

/** A button sets something from the beginning: what it sets is what it is. */
function button({ form, entity }: Ground): Addition {
  const label: Definition = { en: "New button", zh: "新按钮" };
  const made = withButton(form, { label, set: firstSet(entity) });
  return { text: say("build_button_added"), form: made.form, chosen: ["buttons", made.name], tab: null };
}

/** A day or a tick that a press can give without asking; nothing where the entity has neither. */
function firstSet(entity: Definition): Definition {
  const given: Record<string, string> = { yes_no: "true", date: "today()", datetime: "now()" };
  const open = fieldsOf(entity).filter(([, field]) => !field.read_only && !field.formula);
  const [name, field] = open.find(([, each]) => String(each.type) in given) ?? [];
  return name && field ? { [name]: given[String(field.type)] ?? "" } : {};
}

/** The first tab takes the place of those that every record has by itself: they are written out, the new one behind the activity. */
function standard({ form, entity }: Ground): [Definition, Definition] {
  if (tabsOf(form).length || form.purpose === "quick") return [{}, {}];
  const hasStages = Object.values(isObject(entity.fields) ? entity.fields : {}).some((each) => at(each, ["options", "pipelines"]) !== undefined);
  const activity: Definition = entity.timeline === false ? {} : { timeline: { label: { en: "Activity", zh: "活动" }, kind: "timeline", order: 10 } };
  const stages: Definition = hasStages ? { stages: { label: { en: "Stage history", zh: "阶段记录" }, kind: "stages", order: 90 } } : {};
  return [activity, { ...stages, history: { label: { en: "Changes", zh: "操作记录" }, kind: "history", order: 100 } }];
}

function tab(ground: Ground, name: string, definition: Definition): Addition {
  const [before, behind] = standard(ground);
  const made = withTab(Object.keys(behind).length ? { ...ground.form, tabs: before } : ground.form, name, definition);
  if (isObject(made.form.tabs)) made.form = { ...made.form, tabs: { ...made.form.tabs, ...behind } };
  return { text: say("build_tab_added", { label: pick(definition.label) }), form: made.form, chosen: ["tabs", made.name], tab: made.name };
}

function relatedList(ground: Ground, key: string): Addition | undefined {
  const found = ground.related.find((each) => `${each.entity}.${each.lookup}` === key);
  if (!found) return undefined;
  const columns = Object.fromEntries(found.columns.map((name, at) => [name, { order: (at + 1) * 10 }]));
  return tab(ground, found.entity, { label: found.label, kind: "related", entity: found.entity, lookup: found.lookup, columns });
}
