// What scripts say, in the reader's language: partials/words.html puts the texts into the page, other templates theirs.
let words: Record<string, string> | undefined;

function load(): Record<string, string> {
  const metas = document.querySelectorAll<HTMLMetaElement>('meta[name="sartor-words"]');
  return Object.assign({}, ...[...metas].map((meta) => JSON.parse(meta.content) as Record<string, string>)) as Record<string, string>;
}

/** The text of a key with `{name}` filled in; the key itself where the page has no such text. */
export function say(key: string, values: Record<string, string | number> = {}): string {
  words ??= load();
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
