// The layout of a form as a designer changes it: sections of fields, on the form itself or on one of its tabs.
// A place is a path into the definition: ["sections", "basics", "fields", "amount"].
import { at, isObject, put, type Definition, type Json, type Path } from "../core/json";
import { free } from "../core/labels";
import { inOrder, placed } from "../core/orders";

export const WIDTHS = [3, 4, 6, 8, 12];
const WHOLE = 12;

/** Where the sections are: of the form, or of one of its tabs. */
export function sectionsPath(tab: string | null): Path {
  return tab === null ? ["sections"] : ["tabs", tab, "sections"];
}

function mapAt(form: Definition, path: Path): Definition {
  const found = at(form, path);
  return isObject(found) ? found : {};
}

export function sectionsOf(form: Definition, tab: string | null): [string, Definition][] {
  return inOrder(mapAt(form, sectionsPath(tab)));
}

export function tabsOf(form: Definition): [string, Definition][] {
  return inOrder(mapAt(form, ["tabs"]));
}

export function fieldsIn(section: Json | undefined): [string, Definition][] {
  return inOrder(isObject(section) ? section.fields : undefined);
}

/** The key facts in the head of a record: shown beside the sections, so a field may stand in both. */
export const HEAD: Path = ["head"];

/** Where the fields of a section, or the key facts, are. */
export function fieldsPath(section: Path): Path {
  return section[0] === HEAD[0] ? HEAD : [...section, "fields"];
}

/** The section that a field stands in; the head for a key fact. */
export function sectionOf(field: Path): Path {
  return field[0] === HEAD[0] ? HEAD : field.slice(0, -2);
}

/** Whether a path leads to a field on the form, or to a key fact. */
export function isField(path: Path): boolean {
  return path.at(-2) === "fields" || (path[0] === HEAD[0] && path.length === 2);
}

export function factsOf(form: Definition): [string, Definition][] {
  return inOrder(form.head);
}

/** Buttons in the head of the record's page. */
export function buttonsOf(form: Definition): [string, Definition][] {
  return inOrder(mapAt(form, ["buttons"]));
}

/** A new button at the end, and its name. */
export function withButton(form: Definition, button: Definition): { form: Definition; name: string } {
  const name = free("button", Object.keys(mapAt(form, ["buttons"])));
  return { form: put(form, ["buttons"], placed(mapAt(form, ["buttons"]), name, button, Infinity)) as Definition, name };
}

/** Moves a button among the others. */
export function buttonMoved(form: Definition, name: string, index: number): Definition {
  const button = at(form, ["buttons", name]);
  return isObject(button) ? (put(form, ["buttons"], placed(mapAt(form, ["buttons"]), name, button, index)) as Definition) : form;
}

/** Names of all fields that stand anywhere on the form. */
export function fieldsOn(form: Definition): Set<string> {
  const parts = [null, ...tabsOf(form).map(([name]) => name)].flatMap((tab) => sectionsOf(form, tab));
  return new Set(parts.flatMap(([, section]) => fieldsIn(section).map(([name, item]) => String(item.path ?? name))));
}

/** Puts a field into a section (`[…, "sections", name]`) or the head, at a place among its fields. */
export function withField(form: Definition, section: Path, name: string, index: number, item: Definition = {}): Definition {
  return put(form, fieldsPath(section), placed(mapAt(form, fieldsPath(section)), name, item, index)) as Definition;
}

export function without(form: Definition, path: Path): Definition {
  return put(form, path, undefined) as Definition;
}

/** Moves a field to a section (its own or another one). Between head and sections it is shown in both. */
export function moved(form: Definition, field: Path, section: Path, index: number): Definition {
  const name = field.at(-1) ?? "";
  const item = at(form, field);
  if (!isObject(item)) return form;
  const stays = sectionOf(field).join("/") === section.join("/");
  const crosses = (field[0] === HEAD[0]) !== (section[0] === HEAD[0]);
  if (crosses) return isObject(at(form, [...fieldsPath(section), name])) ? form : withField(form, section, name, index);
  return withField(stays ? form : without(form, field), section, name, index, item);
}

/** Moves a section among those of its form or tab. */
export function sectionMoved(form: Definition, section: Path, index: number): Definition {
  const all = section.slice(0, -1);
  const value = at(form, section);
  return isObject(value) ? (put(form, all, placed(mapAt(form, all), section.at(-1) ?? "", value, index)) as Definition) : form;
}

/** A new section, and where it is. */
export function withSection(form: Definition, tab: string | null, label: Json, index: number): { form: Definition; path: Path } {
  const all = sectionsPath(tab);
  const name = free("section", Object.keys(mapAt(form, all)));
  return { form: put(form, all, placed(mapAt(form, all), name, { label, fields: {} }, index)) as Definition, path: [...all, name] };
}

/** A new tab, and its name. */
export function withTab(form: Definition, name: string, tab: Definition): { form: Definition; name: string } {
  const key = free(name, Object.keys(mapAt(form, ["tabs"])));
  return { form: put(form, ["tabs"], placed(mapAt(form, ["tabs"]), key, tab, Infinity)) as Definition, name: key };
}

/** The place of a field one step on: in its section, else at the near end of the next one; nothing at the ends. */
export function step(form: Definition, tab: string | null, field: Path, by: 1 | -1): { section: Path; index: number } | undefined {
  if (field[0] === HEAD[0]) {
    const facts = factsOf(form);
    const index = facts.findIndex(([name]) => name === field.at(-1)) + by;
    return index >= 0 && index < facts.length ? { section: HEAD, index } : undefined;
  }
  const sections = sectionsOf(form, tab);
  const here = sections.findIndex(([name]) => name === field.at(-3));
  const now = fieldsIn(sections[here]?.[1]).findIndex(([name]) => name === field.at(-1));
  const count = fieldsIn(sections[here]?.[1]).length;
  const section = field.slice(0, -2);
  if (now + by >= 0 && now + by < count) return { section, index: now + by };
  const next = sections[here + by];
  return next ? { section: [...section.slice(0, -1), next[0]], index: by > 0 ? 0 : fieldsIn(next[1]).length } : undefined;
}

/** How many of twelve columns a field takes. */
export function spanOf(item: Definition, section: Definition, isWide: boolean): number {
  if (typeof item.width === "number") return item.width;
  return isWide ? WHOLE : WHOLE / Math.max(1, Number(section.columns ?? 2));
}

/** The next width, wider or narrower. */
export function resized(span: number, by: 1 | -1): number {
  const wider = WIDTHS.find((each) => each > span) ?? WHOLE;
  const narrower = [...WIDTHS].reverse().find((each) => each < span) ?? WIDTHS[0] ?? span;
  return by > 0 ? wider : narrower;
}
