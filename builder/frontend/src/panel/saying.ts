// What a line of a panel says beside its input: what is wrong, the hint of the schema, names of values.
import { html, nothing, type TemplateResult } from "lit";
import { isObject } from "../core/json";
import { idOf, problemsAt, type Place } from "./place";
import { readable, type Schema } from "./schema";

/** What is wrong at a place and what its schema says of it. */
export function said(place: Place): TemplateResult {
  const wrong = problemsAt(place);
  const id = idOf(place.path);
  return html`${wrong.map((each) => html`<span class="wrong" id="${id}-wrong">${each.message}</span>`)}
    ${place.part.hint ? html`<span class="hint" id="${id}-hint">${worded(place.part.hint)}</span>` : nothing}`;
}

/** A hint of a schema: what stands between backticks is written just so. */
function worded(hint: string): (string | TemplateResult)[] {
  return hint.split("`").map((text, number) => (number % 2 ? html`<code>${text}</code>` : text));
}

export function describedBy(place: Place): string {
  const id = idOf(place.path);
  return [problemsAt(place).length ? `${id}-wrong` : "", place.part.hint ? `${id}-hint` : ""].filter(Boolean).join(" ");
}

export function isKind(schema: Schema, kind: string): boolean {
  return schema.type === kind || (Array.isArray(schema.type) && schema.type.includes(kind));
}

/** What a value of an enumeration is called. */
export function valueText(schema: Schema, value: string): string {
  const texts = isObject(schema["x-texts"]) ? schema["x-texts"] : {};
  return typeof texts[value] === "string" ? texts[value] : readable(value);
}
