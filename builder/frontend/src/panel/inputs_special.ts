// Inputs of values that are said in their own way: colours as swatches, chances in percent, values by field.
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import { at, isObject, put, type Json } from "../core/json";
import { pick } from "../core/labels";
import { inOrder } from "../core/orders";
import { entityOf, idOf, problemsAt, type Place } from "./place";
import { describedBy, said, valueText } from "./saying";
import { names } from "./schema";

/** `x-widget: key:stages`: the keys of a map of the same definition, with their labels. */
export function keysOf(place: Place, map: string): [string, string][] {
  const whole = place.around.world.open[place.around.file];
  return inOrder(at(whole ?? undefined, [map])).map(([key, entry]) => [key, pick(entry.label) || key]);
}

/** The tones of the look as swatches; the first one is no colour. */
export function colourInput(place: Place): TemplateResult {
  const { part, path, value, around } = place;
  const id = idOf(path);
  const tone = (name: string) => {
    const text = name ? valueText(part.schema, name) : say("build_none");
    return html`<label class="swatch ${name ? `tint-${name}` : "is-none"}" title=${text}><input type="radio" name=${id} .checked=${live((value ?? "") === name)} @change=${() => around.edit(path, name || undefined)}><span class="sr">${text}</span></label>`;
  };
  return html`<fieldset class="field ticks ${problemsAt(place).length ? "is-wrong" : ""}" data-part=${part.name}><legend class="label">${part.title}</legend>
    <div class="swatches">${["", ...names(part.schema.enum)].map(tone)}</div>${said({ ...place, part: { ...part, hint: "" } })}</fieldset>`;
}

/** A fraction kept as text, `0.2`, that people read and write as 20 percent; taken once it is whole, for `0.0` is no end of typing. */
export function percentInput(place: Place, id: string): TemplateResult {
  const { path, value, around } = place;
  const shown = value === undefined || value === null || value === "" ? "" : String(Number((Number(value) * 100).toFixed(2)));
  const typed = (event: Event) => around.edit(path, fraction((event.target as HTMLInputElement).value));
  return html`<span class="row-flex"><input class="form-control num" id=${id} type="number" min="0" max="100" step="any" inputmode="decimal" autocomplete="off"
    aria-describedby=${describedBy(place) || nothing} .value=${live(shown)} @change=${typed}><span class="faint" aria-hidden="true">%</span></span>`;
}

/** `12.5` percent is the fraction `0.125`; nothing stays nothing. */
export function fraction(percent: string): string | undefined {
  if (percent.trim() === "") return undefined;
  return String(Number((Number(percent) / 100).toFixed(4)));
}

/** `x-keys: field`: an expression for each of some fields. */
export function valuesInput(place: Place): TemplateResult {
  const { part, path, around } = place;
  const map = isObject(place.value) ? place.value : {};
  const fields = around.world.fields(entityOf(place));
  const free = fields.filter((each) => !(each.name in map));
  const add = (event: Event) => {
    const select = event.target as HTMLSelectElement;
    if (select.value) around.edit(path, { ...map, [select.value]: "null" });
    select.value = "";
  };
  return html`<div class="field map" data-part=${part.name}><span class="label" id=${idOf(path)}>${part.title}</span>
    ${Object.entries(map).map(([key, value]) => valueLine(place, map, { key, value, text: fields.find((each) => each.name === key)?.label ?? key }))}
    ${said(place)}
    <select class="form-select" aria-label=${say("build_add_to", { text: part.title })} @change=${add}><option value="">${say("build_add_to", { text: part.title })}</option>${free.map((each) => html`<option value=${each.name}>${each.label}</option>`)}</select></div>`;
}

function valueLine(place: Place, map: { [name: string]: Json }, { key, value, text }: { key: string; value: Json; text: string }): TemplateResult {
  const { part, path, around } = place;
  const off = put(map, [key], undefined);
  // Emptied while it is typed, the field stays, and is told to be wrong.
  const typing = { ...around, edit: (at: string[], next: Json | undefined, merge?: string) => around.edit(at, next ?? "", merge) };
  const line = { name: key, schema: around.reading.resolved(part.schema.additionalProperties), title: text, hint: "", group: "", required: true };
  return html`<div class="row-flex top value-line"><div class="grow">${around.line({ ...place, part: line, path: [...path, key], value, around: typing })}</div>
    <button type="button" class="btn btn-quiet btn-icon" aria-label=${say("build_off", { text })} title=${say("build_off", { text })} @click=${() => around.edit(path, Object.keys(off as object).length ? off : undefined)}>${icon("x")}</button></div>`;
}
