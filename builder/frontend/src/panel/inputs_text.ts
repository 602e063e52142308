// Inputs whose text means something: expressions, paths of fields, icons.
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import { isObject, pointer } from "../core/json";
import type { Spot } from "../expression/asking";
import "../expression/expression";
import { entityOf, problemsAt, type Place } from "./place";
import { describedBy } from "./saying";

const OWN = "own";

function typed({ path, around }: Place) {
  return (event: Event) => around.edit(path, (event.target as HTMLInputElement).value || undefined, `type ${path.join("/")}`);
}

/** An expression: checked with the whole workspace as it is typed. `condition` is one that rows may say, `path` a field
    or one behind lookups. */
export function expressionInput(place: Place, id: string, kind: "condition" | "expression" | "path"): TemplateResult {
  const text = typeof place.value === "string" ? place.value : "";
  const good = kind !== "path" && text && place.around.isChecked && !problemsAt(place).length;
  const change = (next: string) => place.around.edit(place.path, next || undefined, `type ${place.path.join("/")}`);
  return html`<sartor-expression .spot=${spotOf(place)} .value=${text} .change=${change} control=${id} kind=${kind} label=${place.part.title} hint=${place.part.hint} ?told=${problemsAt(place).length > 0}></sartor-expression>
    ${good ? html`<span class="hint good row-flex">${icon("check")}${say("build_checked")}</span>` : nothing}`;
}

/** Days by a name that the schema knows, or as an expression of one's own. */
export function periodInput(place: Place, id: string): TemplateResult {
  const now = typeof place.value === "string" ? place.value : "";
  const known = isObject(place.part.schema["x-texts"]) ? place.part.schema["x-texts"] : {};
  const isOwn = place.around.isOpen(`${id}-own`) || (now !== "" && !(now in known));
  const choose = (event: Event) => {
    const wanted = (event.target as HTMLSelectElement).value;
    if ((wanted === OWN) !== place.around.isOpen(`${id}-own`)) place.around.toggle(`${id}-own`);
    if (wanted !== OWN) place.around.edit(place.path, wanted || undefined);
  };
  return html`<select class="form-select" id=${isOwn ? `${id}-choice` : id} aria-label=${place.part.title} aria-describedby=${describedBy(place) || nothing} @change=${choose}>
      <option value="" .selected=${live(!now && !isOwn)}>${say("build_none")}</option>
      ${Object.entries(known).map(([key, text]) => html`<option value=${key} .selected=${live(!isOwn && key === now)}>${text}</option>`)}
      <option value=${OWN} .selected=${live(isOwn)}>${say("build_own_expression")}</option></select>
    ${isOwn ? expressionInput(place, id, "expression") : nothing}`;
}

function spotOf({ path, around, part, owner, value }: Place): Spot {
  const { world } = around;
  return { set: world.set, key: around.file, path: pointer(path), entity: entityOf({ path, around, part, owner, value }), documents: () => world.open };
}

export function iconInput(place: Place, id: string): TemplateResult {
  const name = String(place.value ?? "");
  const isOpen = place.around.isOpen(id);
  return html`<div class="row-flex"><span class="icon-shown">${icon(name || "point")}</span>
      <input class="form-control mono grow" id=${id} autocomplete="off" spellcheck="false" .value=${live(name)} aria-describedby=${describedBy(place) || nothing} @input=${typed(place)}>
      <button type="button" class="btn btn-default btn-icon" aria-expanded=${isOpen} aria-label=${say("build_icons")} title=${say("build_icons")} @click=${() => place.around.toggle(id)}>${icon("chevron-down")}</button></div>
    ${isOpen ? html`<div class="icon-choices" role="group" aria-label=${say("build_icons")}>${icons().map((each) => html`<button type="button" class="btn btn-quiet btn-icon" aria-label=${each} title=${each} aria-pressed=${each === name} @click=${() => place.around.edit(place.path, each)}>${icon(each)}</button>`)}</div>` : nothing}`;
}

/** The icons that the page can draw: those in use anywhere, told by the server. */
function icons(): string[] {
  const told = document.querySelector<HTMLElement>("[data-icons]")?.dataset.icons ?? "";
  return told.split(" ").filter(Boolean);
}
