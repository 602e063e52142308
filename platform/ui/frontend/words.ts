// What scripts say, in the reader's language: partials/words.html puts the texts into the page, other templates theirs.
let words: Record<string, string> | undefined;

function load(): Record<string, string> {
  const metas = document.querySelectorAll<HTMLMetaElement>('meta[name="sartor-words"]');
  return Object.assign({}, ...[...metas].map((meta) => JSON.parse(meta.content) as Record<string, string>)) as Record<string, string>;
}

/** The text of a key with `{name}` filled in; the key itself where the page has no such text. For an `n` of one the text
 * of `key_one`, where there is one. */
export function say(key: string, values: Record<string, string | number> = {}): string {
  words ??= load();
  return filled(words, key, values);
}

/** The same out of words that an element brings along. */
export function filled(words: Record<string, string>, key: string, values: Record<string, string | number> = {}): string {
  const one = Number(values.n) === 1 ? words[`${key}_one`] : undefined;
  return (one ?? words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Names one after the other, as the language of the page joins them. */
export function listed(names: string[]): string {
  return names.join(document.documentElement.lang.startsWith("zh") ? "、" : ", ");
}
