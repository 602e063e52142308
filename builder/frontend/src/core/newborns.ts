// What was made on this page and is called after its label until somebody names it.
import type { Json } from "./json";
import { LANGUAGES, ownWords, pick, slug, textIn, type Language } from "./labels";

/** name: empty where the label gives none. label: without the words it began with in the other language. */
export interface Naming {
  name: string;
  label: Json | undefined;
}

export class Newborns {
  /** By id, with the label that it began with. */
  private begun = new Map<string, Json | undefined>();

  /** called: what programs would call what people call so in Chinese. */
  constructor(private called: (text: string) => Promise<string>) {}

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

  follow(id: string, next: string): void {
    this.begin(next, this.begun.get(id));
    if (next !== id) this.end(id);
  }

  /** What it is to be called now that an input was left; null where that says nothing new. */
  async named(id: string, left: FocusEvent, label: () => Json | undefined): Promise<Naming | null> {
    const language = LANGUAGES.find((each) => (left.target as HTMLElement).id.endsWith(`-label-${each}`));
    if (!language || !this.has(id) || !this.says(id, language, label())) return null;
    const text = textIn(label(), language);
    const name = language === "en" ? slug(text) : await this.called(text);
    return this.has(id) ? { name, label: ownWords(label(), this.begun.get(id), language) } : null;
  }

  /** Whether a label says in a language what names it: Chinese words do only where there are no English ones. */
  private says(id: string, language: Language, label: Json | undefined): boolean {
    const first = this.begun.get(id);
    const isOwn = (each: Language) => textIn(label, each) !== "" && textIn(label, each) !== pick(first, each);
    return isOwn(language) && (language === "en" || !isOwn("en"));
  }
}
