// The panel beside the canvas of a form: what a thing is on this form, and what belongs to its field everywhere.
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import { addressOf } from "../core/addresses";
import { isObject, type Definition, type Json, type Path } from "../core/json";
import type { Around } from "../panel/panel";

/** What a form says of fields that hold lines, and of no others. */
const OF_LINES = ["columns", "sort"];
const OF_THE_FIELD = ["label", "help", "required", "read_only", "visible_if", "required_if", "read_only_if"];

/** path: of what is chosen, empty for the form itself. field: the definition of the field that stands there. */
export interface Side {
  path: Path;
  label: string;
  value: Definition;
  schema: Definition;
  around: Around;
  entity: string;
  field: Json | undefined;
  /** The entity of the lines that it holds; empty for any other field. */
  lines: string;
  fieldSchema: Definition;
  fieldAround: Around;
  /** The line for the name of the form itself. */
  whole(): TemplateResult;
  takeOff(): void;
  /** Shows the field among the key facts; absent where it is, or where there are none. */
  makeFact?: () => void;
}

/** The parts that mean something for what is chosen; all of them where it is no field. */
function onlyOf({ schema, lines }: Side, isField: boolean): string[] {
  const all = Object.keys(isObject(schema.properties) ? schema.properties : {});
  return isField && !lines ? all.filter((each) => !OF_LINES.includes(each)) : [];
}

/** What is set of a field wherever it stands. */
function fieldItself({ path, field, fieldAround, fieldSchema }: Side): TemplateResult | typeof nothing {
  if (!isObject(field)) return nothing;
  return html`<p class="note in-panel">${say("build_field_itself")}</p><sartor-panel .around=${fieldAround} .schema=${fieldSchema} .value=${field} .path=${["fields", path.at(-1) ?? ""]} .only=${OF_THE_FIELD}></sartor-panel>`;
}

export function side(view: Side): TemplateResult {
  const { path } = view;
  const isField = path.at(-2) === "fields" || path[0] === "head";
  const what = isField ? "build_field" : path.at(-2) === "sections" ? "build_section" : path[0] === "buttons" ? "build_button" : path.length ? "build_tab" : "build_form";
  return html`<header>${icon(isField ? "input-search" : "forms")}<h2 class="grow clip">${view.label} <span class="faint t-12">${say(what)}</span></h2></header>
    <sartor-panel .rest=${fieldItself(view)} .around=${view.around} .schema=${view.schema} .value=${view.value} .path=${path} .only=${onlyOf(view, isField)} heading=${say("build_on_form")} .lead=${path.length ? undefined : view.whole()}></sartor-panel>
    ${path.length > 1 ? html`<fieldset><legend>${say("build_use")}</legend><div class="row-flex wrap"><button type="button" class="btn btn-danger" data-off @click=${view.takeOff}>${icon("x")}${say("build_take_off")}</button>${view.makeFact ? html`<button type="button" class="btn btn-default" data-fact @click=${view.makeFact}>${icon("pin")}${say("build_make_fact")}</button>` : nothing}${isField ? html`<a class="btn btn-default" href=${addressOf(`entity/${view.entity}`, `/fields/${path.at(-1) ?? ""}`)}>${icon("table")}${say("build_open_entity")}</a>` : nothing}</div></fieldset>` : nothing}`;
}
