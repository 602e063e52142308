// The inputs of a panel, one for each form of value. Which one a part gets is told by its schema.
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { say } from "@ui/words";
import { isObject, type Json } from "../core/json";
import { inTurn, pick } from "../core/labels";
import { iconInput, expressionInput, periodInput } from "./inputs_text";
import { isLabel, labelInput } from "./inputs_label";
import { manyInput, mapInput, objectInput } from "./inputs_many";
import { pictureInput } from "./inputs_picture";
import { sortInput } from "./inputs_sort";
import { colourInput, keysOf, percentInput } from "./inputs_special";
import { offered } from "./offered";
import "./settings";
import { definitionsFor, fieldsFor, idOf, problemsAt, type Place } from "./place";
import { describedBy, isKind, said, valueText } from "./saying";
import { names, type TypeAbout } from "./schema";

/** One line of a panel: label, input, what is wrong, hint. */
export function line(place: Place): TemplateResult {
  const { part } = place;
  const wrong = problemsAt(place);
  const id = idOf(place.path);
  if (isKind(part.schema, "boolean")) return checkbox(place);
  const own = ownLine(place);
  if (own) return own;
  return html`<div class="field ${wrong.length ? "is-wrong" : ""}" data-part=${part.name}>
    <label for=${id}>${part.title}${part.required ? html` <span class="must" aria-hidden="true">*</span>` : nothing}</label>
    ${input(place, id)}${said(place)}
  </div>`;
}

/** Parts that are more than one input and draw their own line. */
function ownLine(place: Place): TemplateResult | undefined {
  const { schema } = place.part;
  if (isLabel(schema)) return labelInput(place);
  if (schema["x-widget"] === "colour") return colourInput(place);
  if (schema["x-widget"] === "sort") return sortInput(place);
  if (schema["x-keys"]) return html`<sartor-settings .place=${place}></sartor-settings>`;
  if (isKind(schema, "array")) return manyInput(place);
  if (isObject(schema.additionalProperties)) return mapInput(place);
  if (isKind(schema, "object") && isObject(schema.properties)) return objectInput(place);
  return undefined;
}

function checkbox(place: Place): TemplateResult {
  const { part, path, value, around } = place;
  const fallback = part.schema.default === true;
  const change = (event: Event) => {
    const on = (event.target as HTMLInputElement).checked;
    around.edit(path, on === fallback && !part.required ? undefined : on);
  };
  return html`<div class="field ${problemsAt(place).length ? "is-wrong" : ""}" data-part=${part.name}>
    <label class="row-flex top check-line"><input type="checkbox" class="form-check-input" id=${idOf(path)} .checked=${live(value === undefined ? fallback : value === true)} aria-describedby=${describedBy(place) || nothing} @change=${change}>${part.title}</label>
    ${said(place)}
  </div>`;
}

function input(place: Place, id: string): TemplateResult {
  const { schema } = place.part;
  const [widget, kind] = String(schema["x-widget"] ?? "").split(":");
  if (widget === "expression" || widget === "condition" || widget === "path") return expressionInput(place, id, widget);
  if (widget === "picture") return pictureInput(place, id);
  if (widget === "icon") return iconInput(place, id);
  if (widget === "period") return periodInput(place, id);
  if (widget === "percent") return percentInput(place, id);
  if (widget === "key" && kind) return choosing(place, id, keysOf(place, kind));
  if (schema["x-types"]) return choosing(place, id, ordinary(place).map((each) => [each.key, pick(each.label)]));
  if (widget === "definition" && kind) return choosing(place, id, definitionsFor(place, kind));
  if (widget === "field") return choosing(place, id, fieldsFor(place, kind === "owned"));
  if (Array.isArray(schema.enum)) return choosing(place, id, names(schema.enum).map((each) => [each, valueText(schema, each)]));
  return typing(place, id);
}

/** The types that somebody may choose: those of the engine's own fields only where one is chosen already. */
function ordinary({ part, value, around }: Place): TypeAbout[] {
  const offered = around.reading.types(part.schema).filter((each) => !each.system || each.key === value);
  return offered.sort((one, other) => inTurn(pick(one.label), pick(other.label)));
}

function choosing(place: Place, id: string, choices: [string, string][]): TemplateResult {
  const { part, path, value, around } = place;
  const now = value === undefined ? String(part.schema.default ?? "") : String(value);
  const unknown = now && !choices.some(([key]) => key === now);
  const change = (event: Event) => around.edit(path, (event.target as HTMLSelectElement).value || undefined);
  return html`<select class="form-select" id=${id} aria-describedby=${describedBy(place) || nothing} @change=${change}>
    ${part.required && now ? nothing : html`<option value="" .selected=${live(!now)}>${say("build_none")}</option>`}
    ${unknown ? html`<option value=${now} .selected=${live(true)}>${now}</option>` : nothing}
    ${offered(choices, now)}
  </select>`;
}

function typing(place: Place, id: string): TemplateResult {
  const { part, path, value, around } = place;
  const { schema } = part;
  const isNumber = isKind(schema, "integer") || isKind(schema, "number");
  const typed = (event: Event) => around.edit(path, read((event.target as HTMLInputElement).value, isNumber), `type ${path.join("/")}`);
  return html`<input class="form-control ${isNumber ? "num" : ""}" id=${id} type=${isNumber ? "number" : "text"} autocomplete="off" spellcheck="false"
    min=${(schema.minimum as number) ?? nothing} max=${(schema.maximum as number) ?? nothing} step=${isKind(schema, "integer") ? 1 : isNumber ? "any" : nothing}
    placeholder=${schema.default === undefined ? nothing : String(schema.default)} aria-describedby=${describedBy(place) || nothing}
    .value=${live(value === undefined ? "" : String(value))} @input=${typed}>`;
}

function read(text: string, isNumber: boolean): Json | undefined {
  if (!text) return undefined;
  return isNumber && Number.isFinite(Number(text)) ? Number(text) : text;
}
