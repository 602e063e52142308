// How something new is called: a label in the reader's language first, and a name for programs, which is made of it.
import { html, nothing, type TemplateResult } from "lit";
import { debounce } from "@ui/dom";
import { say } from "@ui/words";
import type { Refused } from "../core/asking";
import { Drafts, type Kept, type Words } from "../core/drafts";
import type { Definition } from "../core/json";
import { free, ordered, slug, textIn } from "../core/labels";

/** plural: what many of them are called, in the languages of the label. */
export interface Called {
  label: Definition;
  name: string;
  plural: Definition;
}

/** under: stands before the name, as `deal.` of a view. unnamed: what it is called when nothing was typed; without it that is refused. */
export interface Place {
  drafts: Drafts;
  of: Of;
  taken: string[];
  under?: string;
  unnamed?: Definition;
}

type Of = "entity" | "other";
const HTML_LANGUAGES = { en: "en", zh: "zh-Hans" };
const NAME = /^[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39})*$/;

export function textOf(form: HTMLFormElement, name: string): string {
  return String(new FormData(form).get(name) ?? "").trim();
}

function labelOf(form: HTMLFormElement): Definition {
  return Object.fromEntries(ordered().map((each) => [each, textOf(form, each)]).filter(([, text]) => text));
}

/** What is made of a label: a name of its English text, else of what the Chinese one sounds like; and its usual word in the
    language that nothing was written in. */
async function proposed(drafts: Drafts, label: Definition, of: Of): Promise<Words> {
  const text = textIn(label, "en") || textIn(label, "zh");
  const known = text ? await drafts.words(text, of) : { name: "", label: {}, plural: {} };
  const many: Definition = textIn(label, "zh") ? { zh: textIn(label, "zh") } : {};
  return { name: slug(textIn(label, "en")) || known.name, label: { ...known.label, ...label }, plural: { ...known.plural, ...many } };
}

/** of: null where no name is asked for. given: what stands in the boxes at first. */
export function naming(drafts: Drafts, of: Of | null, given?: Definition): TemplateResult {
  let form: HTMLFormElement | null = null;
  const hint = debounce(() => form && void proposed(drafts, labelOf(form), of ?? "other").then((words) => form && show(form, words)), 250);
  const typed = (event: Event) => {
    form = (event.target as HTMLInputElement).form;
    hint();
  };
  return html`<div class="both" @input=${typed}>${ordered().map((each, at) => html`<div class="field"><label for="new-${each}">${say(each === "en" ? "build_english" : "build_chinese", { text: say("build_label") })}</label><input class="form-control" id="new-${each}" name=${each} maxlength="100" autocomplete="off" ?autofocus=${at === 0} .value=${textIn(given, each)} lang=${HTML_LANGUAGES[each]}></div>`)}</div>
    ${of ? html`<div class="field"><label for="new-name">${say("build_name")}</label><input class="form-control mono" id="new-name" name="name" maxlength="80" autocomplete="off" spellcheck="false" aria-describedby="new-name-hint"><span class="hint" id="new-name-hint">${say("build_new_name_hint")}</span></div>` : nothing}`;
}

/** What an input stands for while it is empty. */
function show(form: HTMLFormElement, { name, label }: Words): void {
  for (const [input, text] of [["name", name], ...ordered().map((each) => [each, textIn(label, each)])] as [string, string][]) {
    const box = form.elements.namedItem(input);
    if (box instanceof HTMLInputElement) box.placeholder = text;
  }
}

/** What was typed, with a name that is free; or what is wrong with it. */
export async function called(form: HTMLFormElement, { drafts, of, taken, under = "", unnamed }: Place): Promise<Called | Refused> {
  const typed = textOf(form, "name");
  const given = labelOf(form);
  const words = await proposed(drafts, Object.keys(given).length || typed ? given : (unnamed ?? {}), of);
  const wanted = typed || words.name;
  const label = words.label;
  if (!wanted) return Object.keys(label).length ? { text: say("build_name_needed"), field: "name" } : { text: say("build_label_needed"), field: ordered()[0] };
  const whole = under && !wanted.includes(".") ? under + wanted : wanted;
  if (!NAME.test(whole)) return { text: say("build_name_form", { name: wanted }), field: "name" };
  if (typed && taken.includes(whole)) return { text: say("build_name_taken", { name: wanted }), field: "name" };
  return { label: Object.keys(label).length ? label : { en: wanted }, name: free(whole, taken), plural: words.plural };
}

/** Where it went wrong, in words; nothing where it was kept. */
export function refusedBy(kept: Kept): Refused {
  if ("tags" in kept) return null;
  return { text: kept.refusal.errors?.[0]?.message ?? kept.refusal.detail ?? (kept.status ? say("failed", { status: kept.status }) : say("offline")) };
}
