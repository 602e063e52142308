// Labels in two languages, and names made of them.
import { isObject, type Definition, type Json } from "./json";

export type Language = "en" | "zh";
export const LANGUAGES: readonly Language[] = ["en", "zh"];

export function language(): Language {
  return document.documentElement.lang.startsWith("zh") ? "zh" : "en";
}

/** The languages, the reader's first: that is the one that people think of a name in. */
export function ordered(): Language[] {
  return [...LANGUAGES].sort((one, other) => Number(other === language()) - Number(one === language()));
}

/** How texts follow one another in a list, as the reader's language has it. */
export function inTurn(one: string, other: string): number {
  return one.localeCompare(other, language());
}

/** The text of a label in a language (the reader's); another one if it has no such. */
export function pick(label: Json | undefined, wanted: Language = language()): string {
  if (typeof label === "string") return label;
  if (!isObject(label)) return "";
  return String(label[wanted] ?? Object.values(label)[0] ?? "");
}

/** A label by language; a plain text is English. */
export function labelled(label: Json | undefined): Definition {
  return isObject(label) ? label : { en: String(label ?? "") };
}

/** What is written in this very language. */
export function textIn(label: Json | undefined, wanted: Language): string {
  if (typeof label === "string") return label;
  return isObject(label) ? String(label[wanted] ?? "") : "";
}

/** The other language's text, where it says something else. */
export function aside(label: Json | undefined): string {
  const other = isObject(label) ? label[language() === "en" ? "zh" : "en"] : undefined;
  return typeof other === "string" && other !== pick(label) ? other : "";
}

/** A label with one language's text changed. A plain text stays one while both languages say the same. */
export function said(label: Json | undefined, wanted: Language, text: string): Json | undefined {
  const both: Definition = typeof label === "string" ? { en: label, zh: label } : isObject(label) ? { ...label } : {};
  if (text) both[wanted] = text;
  else delete both[wanted];
  return Object.keys(both).length ? both : undefined;
}

/** A name for definitions: lower-case letters, digits and underscores; empty where the text gives none. */
export function slug(text: string): string {
  return text.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^[_0-9]+|_+$/g, "").replace(/__+/g, "_").slice(0, 36).replace(/_$/, "");
}

/** A new entry whose first label is its type's, and in another language still is, would be called two things: that text goes. */
export function ownWords(label: Json | undefined, first: Json | undefined, typed: Language): Json | undefined {
  const other = typed === "en" ? "zh" : "en";
  const isOwn = pick(label, typed) !== pick(first, typed);
  return isOwn && isObject(label) && isObject(first) && label[other] === first[other] ? said(label, other, "") : label;
}

/** Letters of a part of a name. */
const LONGEST = 40;

/** The name, or the first of `name_2`, `name_3` … that is free; its last part gives way where it would become too long. */
export function free(name: string, taken: Iterable<string>): string {
  const known = new Set(taken);
  const start = name.lastIndexOf(".") + 1;
  for (let number = 1; ; number++) {
    const end = `_${number}`;
    const wanted = number === 1 ? name : `${name.slice(0, start + LONGEST - end.length).replace(/_+$/, "")}${end}`;
    if (!known.has(wanted)) return wanted;
  }
}
