// Texts in both languages, side by side.
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { say } from "@ui/words";
import { isObject, type Json } from "../core/json";
import { LANGUAGES, said as changed, type Language } from "../core/labels";
import { idOf, problemsAt, type Place } from "./place";
import { describedBy, said } from "./saying";
import type { Schema } from "./schema";

const LONG = 1000;
const HTML_LANGUAGES = { en: "en", zh: "zh-Hans" };

/** A text, or one for each language: what schemas call a label or prose. */
export function isLabel(schema: Schema): boolean {
  const forms = Array.isArray(schema.anyOf) ? schema.anyOf : [];
  return forms.some((each) => isObject(each) && isObject(each.properties) && "en" in each.properties && "zh" in each.properties);
}

function longest(schema: Schema): number {
  const forms = Array.isArray(schema.anyOf) ? schema.anyOf.filter(isObject) : [];
  return Math.max(...forms.map((each) => Number(each.maxLength ?? 0)));
}

function textOf(value: Json | undefined, language: Language): string {
  if (typeof value === "string") return value;
  return isObject(value) ? String(value[language] ?? "") : "";
}

export function labelInput(place: Place): TemplateResult {
  const { part, path, value } = place;
  const wrong = problemsAt(place).length > 0;
  return html`<div class="stack both-labels" role="group" aria-label=${part.title} data-part=${part.name}><div class="both">${LANGUAGES.map((language) => {
      const id = `${idOf(path)}-${language}`;
      const name = say(language === "en" ? "build_english" : "build_chinese", { text: part.title });
      const input = (event: Event) => place.around.edit(path, changed(value, language, (event.target as HTMLInputElement).value), `type ${path.join("/")}/${language}`);
      return html`<div class="field ${wrong ? "is-wrong" : ""}"><label for=${id}>${name}${part.required ? html` <span class="must" aria-hidden="true">*</span>` : nothing}</label>
        ${longest(part.schema) > LONG
          ? html`<textarea class="form-control" id=${id} rows="2" lang=${HTML_LANGUAGES[language]} aria-describedby=${describedBy(place) || nothing} .value=${live(textOf(value, language))} @input=${input}></textarea>`
          : html`<input class="form-control" id=${id} autocomplete="off" lang=${HTML_LANGUAGES[language]} maxlength="200" aria-describedby=${describedBy(place) || nothing} .value=${live(textOf(value, language))} @input=${input}>`}
      </div>`;
    })}</div>${said(place)}</div>`;
}
