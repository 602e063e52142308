// A choice that was just added: once its label is written and left, it is called after that, until somebody gives it a key.
import { at, isObject, put, rekeyed, type Json } from "../core/json";
import { free, ownWords, pick, said, slug, textIn, type Language } from "../core/labels";
import { idOf, type Place } from "./place";

/** What is called so until somebody says otherwise. */
export const NEW: Json = { en: "New", zh: "新的" };

/** Choices of a field's own: records and other definitions hold their keys. */
export function isChoice([fields, , ...rest]: readonly string[]): boolean {
  return fields === "fields" && rest.join("/") === "options/choices";
}

/** place: of the entry. The name follows when its inputs are left for something else, for then nothing moves under the hand. */
export async function nameAfterLabel(event: FocusEvent, place: Place): Promise<void> {
  const { around, path } = place;
  const id = idOf(path);
  const isLeft = !(event.currentTarget as HTMLElement).contains(event.relatedTarget as Node | null);
  if (!isLeft || !around.newborn.has(id) || !isChoice(path.slice(0, -1))) return;
  const label = isObject(place.value) ? place.value.label : undefined;
  const language = (["en", "zh"] as const).find((each) => textIn(label, each) && textIn(label, each) !== pick(NEW, each));
  if (!language) return;
  const text = textIn(label, language);
  const wanted = language === "en" ? slug(text) : await around.world.called(text);
  if (wanted && around.newborn.delete(id)) call(place, wanted, language);
}

/** What is written for a label: of what was just added, the other language says no more that it is new. */
export function writtenLabel({ path, value, around }: Place, language: Language, text: string): Json | undefined {
  const label = said(value, language, text);
  return around.newborn.has(idOf(path.slice(0, -1))) ? ownWords(label, NEW, language) : label;
}

function call({ around, path, value }: Place, wanted: string, language: Language): void {
  const key = path.at(-1) ?? "";
  const list = path.slice(0, -1);
  const known = at(around.world.open[around.file] ?? undefined, list);
  const map = isObject(known) ? known : { [key]: value ?? null };
  const name = free(wanted, Object.keys(map).filter((each) => each !== key));
  const label = ownWords(at(map, [key, "label"]), NEW, language);
  around.edit(list, rekeyed(put(map, [key, "label"], label) as typeof map, key, name));
  if (around.isOpen(idOf(path)) && name !== key) around.toggle(idOf([...list, name]));
}
