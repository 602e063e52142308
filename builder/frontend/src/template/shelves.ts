// What can be put onto a template: blocks, tables of what belongs to the record, its fields, those of whoever sends.
import { say } from "@ui/words";
import type { Definition } from "../core/json";
import { pick } from "../core/labels";
import type { Item, Shelf } from "../core/palette";
import type { Related } from "../core/related";
import { KINDS } from "./blocks";
import type { Field } from "./letter_editor";

export const SENDER = "sender";

/** Fields as the server tells them, by entity. */
export type Fields = Record<string, { title: string; items: (Item & { label: string })[] }[]>;

function fieldItems(shelf: Fields[string][number], before: string): Item[] {
  return shelf.items.map((each) => ({ ...each, key: `${before}${each.key}` }));
}

export function shelves(template: Definition, entity: string, fields: Fields, lists: Related[], lines: string | undefined): Shelf[] {
  const isMail = template.purpose === "mail";
  const blocks = KINDS.filter((each) => !(isMail && each.paper)).map((each) => ({ key: `block:${each.kind}`, text: say(`build_${each.kind}_block`), icon: each.icon }));
  const tables = lists.map((each, number) => ({ key: `list:${number}`, text: pick(each.label), icon: each.icon, hint: each.by, words: `${pick(each.label, "en")} ${pick(each.label, "zh")}` }));
  const columns = lines ? (fields[lines] ?? []).map((each) => ({ title: say("build_columns_of", { text: each.title }), items: fieldItems(each, "column:") })) : [];
  const own = (fields[entity] ?? []).map((each) => ({ title: each.title, items: fieldItems(each, "field:") }));
  const sender = (fields.user ?? []).slice(0, 1).map((each) => ({ title: say("build_sender"), items: fieldItems(each, `field:${SENDER}.`) }));
  return [{ title: say("build_blocks"), items: blocks }, { title: say("build_tables"), items: tables }, ...columns, ...own, ...sender].filter((each) => each.items.length);
}

/** Fields that may stand in a text: those of the record, behind its lookups, and of whoever sends. */
export function fieldList(fields: Fields, entity: string): Field[] {
  const own = (fields[entity] ?? []).flatMap((each) => each.items).map((each) => each.key);
  const sender = (fields.user ?? []).slice(0, 1).flatMap((each) => each.items).map((each) => `${SENDER}.${each.key}`);
  return [...own, ...sender].map((path) => ({ path, label: labelOf(fields, entity, path) }));
}

/** What the palette calls a path; the path itself where it does not offer it. */
export function labelOf(fields: Fields, entity: string, path: string): string {
  const isSender = path.startsWith(`${SENDER}.`);
  const wanted = isSender ? path.slice(SENDER.length + 1) : path;
  const found = (fields[isSender ? "user" : entity] ?? []).flatMap((each) => each.items).find((each) => each.key === wanted);
  return found ? (isSender ? `${say("build_sender")} · ${found.text}` : found.label) : path;
}

/** What the records of a table are called; the name of their entity where it is no list of this record. */
export function listLabel(lists: Related[], block: Definition): string {
  const found = lists.find((each) => each.entity === block.entity);
  return found ? pick(found.label) : String(block.entity ?? "?");
}
