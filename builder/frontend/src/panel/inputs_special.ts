// Inputs of values that are said in their own way: colours as swatches, chances in percent, keys of the same definition.
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { say } from "@ui/words";
import { at } from "../core/json";
import { pick } from "../core/labels";
import { inOrder } from "../core/orders";
import { idOf, problemsAt, type Place } from "./place";
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
