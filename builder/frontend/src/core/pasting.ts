// Choices out of pasted lines: one for each line, its labels in both languages where a tab stands between them.
import { isObject, same, type Definition } from "./json";
import { free, slug, textIn, LANGUAGES } from "./labels";
import { placed } from "./orders";

export interface Pasted {
  map: Definition;
  added: number;
  /** Lines of what was there already. */
  known: number;
}

const CHINESE = /\p{Script=Han}/u;

/** The choices with those of the lines after them. first: what a field begins with; untouched, it makes way.
    called: what programs would call what people call so in Chinese. */
export async function pasted(text: string, choices: Definition, first: Definition, called: (text: string) => Promise<string>): Promise<Pasted> {
  const kept = Object.fromEntries(Object.entries(choices).filter(([key, each]) => !same(each, first[key])));
  const labels = text.split(/\r\n?|\n/).map(labelled).filter((each) => each !== null);
  const names = await Promise.all(labels.map((each) => nameOf(each, called)));
  const seen = new Set(Object.values(kept).flatMap((each) => (isObject(each) ? wordsOf(each.label as Definition) : [])));
  let map = kept;
  labels.forEach((label, number) => {
    const words = wordsOf(label);
    if (!words.some((each) => seen.has(each))) map = placed(map, free(names[number] || "choice", Object.keys(map)), { label }, Infinity);
    for (const each of words) seen.add(each);
  });
  const added = Object.keys(map).length - Object.keys(kept).length;
  return { map, added, known: labels.length - added };
}

/** `Retail<tab>零售`, in either order; one text alone is in the language that it is written in. */
function labelled(line: string): Definition | null {
  const [one, other] = line.split("\t").map((each) => each.trim()).filter(Boolean);
  if (!one) return null;
  if (!other) return CHINESE.test(one) ? { zh: one } : { en: one };
  return CHINESE.test(one) && !CHINESE.test(other) ? { en: other, zh: one } : { en: one, zh: other };
}

async function nameOf(label: Definition, called: (text: string) => Promise<string>): Promise<string> {
  return slug(textIn(label, "en")) || called(textIn(label, "zh") || textIn(label, "en"));
}

function wordsOf(label: Definition): string[] {
  return LANGUAGES.map((each) => textIn(label, each).toLowerCase()).filter(Boolean);
}
