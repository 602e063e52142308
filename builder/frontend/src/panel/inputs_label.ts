// Texts in both languages, side by side.
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { say } from "@ui/words";
import { isObject } from "../core/json";
import { ordered, textIn } from "../core/labels";
import { writtenLabel } from "./newborn";
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

export function labelInput(place: Place): TemplateResult {
  const { part, path, value } = place;
  const wrong = problemsAt(place).length > 0;
  return html`<div class="stack both-labels" role="group" aria-label=${part.title} data-part=${part.name}><div class="both">${ordered().map((language, at) => {
      const id = `${idOf(path)}-${language}`;
      const name = say(language === "en" ? "build_english" : "build_chinese", { text: part.title });
      const input = (event: Event) => place.around.edit(path, writtenLabel(place, language, (event.target as HTMLInputElement).value), `type ${path.join("/")}/${language}`);
      return html`<div class="field ${wrong ? "is-wrong" : ""}"><label for=${id}>${name}${part.required && at === 0 ? html` <span class="must" aria-hidden="true">*</span>` : nothing}</label>
        ${longest(part.schema) > LONG
          ? html`<textarea class="form-control" id=${id} rows="2" lang=${HTML_LANGUAGES[language]} aria-describedby=${describedBy(place) || nothing} .value=${live(textIn(value, language))} @input=${input}></textarea>`
          : html`<input class="form-control" id=${id} autocomplete="off" lang=${HTML_LANGUAGES[language]} maxlength="200" aria-describedby=${describedBy(place) || nothing} .value=${live(textIn(value, language))} @input=${input}>`}
      </div>`;
    })}</div>${said(place)}</div>`;
}
