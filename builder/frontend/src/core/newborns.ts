// What was made on this page and is called after its label until somebody names it.
import type { Words } from "./drafts";
import { isObject, same, type Definition, type Json } from "./json";
import { LANGUAGES, ownWords, pick, slug, textIn, type Language } from "./labels";

/** name: empty where the label gives none. label: in the other language what is usual, and not what it began with. */
export interface Naming {
  name: string;
  label: Json | undefined;
}

export class Newborns {
  /** By id, with the label that it began with. */
  private begun = new Map<string, Json | undefined>();

  /** words: what programs would call what people call so, and what it is called in the other language. */
  constructor(private words: (text: string) => Promise<Words>) {}

  begin(id: string, label: Json | undefined): void {
    this.begun.set(id, label);
  }

  has(id: string): boolean {
    return this.begun.has(id);
  }

  /** Whether it was one; somebody has named it. */
  end(id: string): boolean {
    return this.begun.delete(id);
  }

  /** Whether it is still called as it began. */
  isUnnamed(id: string, label: Json | undefined): boolean {
    return this.has(id) && same(label, this.begun.get(id));
  }

  follow(id: string, next: string): void {
    this.begin(next, this.begun.get(id));
    if (next !== id) this.end(id);
  }

  /** What it is to be called now that an input was left; null where that says nothing new. */
  async named(id: string, left: FocusEvent, label: () => Json | undefined): Promise<Naming | null> {
    const language = LANGUAGES.find((each) => (left.target as HTMLElement).id.endsWith(`-label-${each}`));
    if (!language || !this.has(id) || !this.says(id, language, label())) return null;
    const text = textIn(label(), language);
    const known = await this.words(text);
    const name = language === "en" ? slug(text) : known.name;
    return this.has(id) ? { name, label: completed(ownWords(label(), this.begun.get(id), language), known.label) } : null;
  }

  /** Whether a label says in a language what names it: Chinese words do only where there are no English ones. */
  private says(id: string, language: Language, label: Json | undefined): boolean {
    const first = this.begun.get(id);
    const isOwn = (each: Language) => textIn(label, each) !== "" && textIn(label, each) !== pick(first, each);
    return isOwn(language) && (language === "en" || !isOwn("en"));
  }
}

/** A label with the usual words of languages that it says nothing in. */
function completed(label: Json | undefined, usual: Definition): Json | undefined {
  return isObject(label) ? { ...usual, ...label } : label;
}
