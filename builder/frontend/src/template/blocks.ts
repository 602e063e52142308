// The blocks of a template as a designer changes them: what each kind begins with, where a new one goes, what it holds.
import { at, isObject, put, type Definition, type Json, type Path } from "../core/json";
import { free } from "../core/labels";
import { inOrder, placed } from "../core/orders";
import type { Related } from "../core/related";

/** What is put in, and what is chosen then. */
export interface Made {
  template: Definition;
  path: Path;
}

export const KINDS: readonly { kind: string; icon: string; paper?: boolean }[] = [
  { kind: "heading", icon: "heading" },
  { kind: "text", icon: "align-left" },
  { kind: "picture", icon: "photo", paper: true },
  { kind: "fields", icon: "list-details" },
  { kind: "signature", icon: "signature", paper: true },
  { kind: "divider", icon: "minus" },
  { kind: "break", icon: "page-break", paper: true },
];
/** Maps inside a block whose entries stand on the canvas. */
export const ENTRIES = ["fields", "columns"];

const STARTERS: Record<string, Definition> = {
  heading: { kind: "heading", content: { en: "Heading", zh: "标题" } },
  text: { kind: "text", content: { en: "Text", zh: "正文" } },
  fields: { kind: "fields", fields: {} },
  signature: { kind: "signature", parties: { us: { label: { en: "For us", zh: "我方" }, order: 10 }, you: { label: { en: "For you", zh: "贵方" }, order: 20 } } },
  divider: { kind: "divider" },
  break: { kind: "break" },
};

/** What a block of its kind says until somebody writes it. */
export function firstWords(block: Definition): Json | undefined {
  return STARTERS[String(block.kind)]?.content;
}

function mapAt(template: Definition, path: Path): Definition {
  const found = at(template, path);
  return isObject(found) ? found : {};
}

export function blocksOf(template: Definition): [string, Definition][] {
  return inOrder(mapAt(template, ["blocks"]));
}

/** The block that a path leads to or into. */
export function blockAt(template: Definition, path: Path): Definition | undefined {
  const found = path[0] === "blocks" ? at(template, path.slice(0, 2)) : undefined;
  return isObject(found) ? found : undefined;
}

/** Where a new block goes: behind the one that is chosen, else to the end. */
export function behind(template: Definition, chosen: Path): number {
  const index = blocksOf(template).findIndex(([name]) => name === chosen[1]);
  return index < 0 ? Infinity : index + 1;
}

function withNew(template: Definition, name: string, block: Definition, index: number): Made {
  const all = mapAt(template, ["blocks"]);
  const key = free(name, Object.keys(all));
  return { template: put(template, ["blocks"], placed(all, key, block, index)) as Definition, path: ["blocks", key] };
}

export function withBlock(template: Definition, kind: string, index: number): Made {
  return withNew(template, kind, STARTERS[kind] ?? { kind }, index);
}

export function withLines(template: Definition, list: Related, index: number): Made {
  const columns = Object.fromEntries(list.columns.map((name, number) => [name, { order: (number + 1) * 10 }]));
  return withNew(template, "lines", { kind: "lines", entity: list.entity, lookup: list.lookup, columns }, index);
}

/** A field as an entry of a block: of a list of fields, or as a column of a table. */
export function withEntry(template: Definition, block: Path, path: string, index: number): Made {
  const map = blockAt(template, block)?.kind === "lines" ? "columns" : "fields";
  const entries = [...block.slice(0, 2), map];
  const key = free(path.replaceAll(".", "_").slice(0, 36), Object.keys(mapAt(template, entries)));
  const entry: Definition = key === path ? {} : { path };
  return { template: put(template, entries, placed(mapAt(template, entries), key, entry, index)) as Definition, path: [...entries, key] };
}

/** A field on its own: a list of fields that holds it. */
export function withFields(template: Definition, path: string, index: number): Made {
  const made = withBlock(template, "fields", index);
  return withEntry(made.template, made.path, path, Infinity);
}

/** Moves a block, or an entry of one, among its neighbours. */
export function moved(template: Definition, path: Path, index: number): Definition {
  const all = path.slice(0, -1);
  const value = at(template, path);
  return isObject(value) ? (put(template, all, placed(mapAt(template, all), path.at(-1) ?? "", value, index)) as Definition) : template;
}

/** Where something stands among its neighbours, and how many they are. */
export function placeOf(template: Definition, path: Path): { index: number; count: number } {
  const all = inOrder(mapAt(template, path.slice(0, -1)));
  return { index: all.findIndex(([name]) => name === path.at(-1)), count: all.length };
}

/** The properties that mean something for a kind of block or a purpose, as `x-for` says; and those that are there. */
export function partsFor(schema: Definition, kind: Json | undefined, value: Definition = {}): string[] {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const fits = (part: Json) => !isObject(part) || !Array.isArray(part["x-for"]) || part["x-for"].includes(kind ?? "");
  return Object.keys(properties).filter((name) => name in value || fits(properties[name] ?? null));
}
