// What scripts say, in the reader's language: partials/words.html puts the texts into the page.
let words: Record<string, string> | undefined;

function load(): Record<string, string> {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="sartor-words"]');
  return meta ? (JSON.parse(meta.content) as Record<string, string>) : {};
}

/** The text of a key with `{name}` filled in; the key itself where the page has no such text. */
export function say(key: string, values: Record<string, string | number> = {}): string {
  words ??= load();
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
