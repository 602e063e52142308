// The panel of the diagram: the chosen entity with what it points to and what points to it, or one relation.
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import type { Problem } from "../core/drafts";
import type { Definition } from "../core/json";
import { pick } from "../core/labels";
import { fieldsOf } from "../entity/fields";
import type { Around } from "../panel/panel";
import type { Schema, TypeAbout } from "../panel/schema";
import { cardinality, keyOf } from "./draw";
import type { Card, Graph, Line } from "./layout";

/** What of an entity is said here; the rest is said in its own designer. */
const OWN = ["label", "plural", "icon"];

export interface Side {
  graph: Graph;
  card: Card | undefined;
  line: Line | undefined;
  /** The entity of the card, or behind the line, once it has been fetched. */
  entity: Definition | undefined;
  field: Definition | undefined;
  /** Of what is made next, and what that means. */
  kind: string;
  hint: string;
  /** Of entities, and of their fields. */
  schema: Schema;
  fields: Schema;
  types: TypeAbout[];
  around: Around;
  chooseLine(key: string): void;
  point(target: string): void;
  rename(wanted: string): void;
  /** The line, or the chosen entity. */
  retire(line?: Line): void;
}

export function side(about: Side): TemplateResult {
  if (about.line) return relation(about, about.line);
  return about.card ? card(about, about.card) : html`<header>${icon("schema")}<h2 class="grow">${say("build_relations")}</h2></header><fieldset><p class="faint">${say("build_choose_card")}</p></fieldset>`;
}

function card(about: Side, own: Card): TemplateResult {
  const { entity, around, schema } = about;
  const lead = nameLine(own.name, "build_whole_name_hint", about);
  const rest = html`${wrong(around.problems.filter((each) => each.file === `entity/${own.name}`))}${relations(about, own)}${own.system ? nothing : making(about)}
    ${entity && !own.system ? fields(about, own, entity) : nothing}`;
  return html`<header>${icon(own.icon)}<h2 class="grow clip">${pick(entity?.label) || own.label} <span class="faint t-12">${say("build_entity")}</span></h2></header>
    ${own.system ? given() : entity ? html`<sartor-panel .around=${around} .schema=${schema} .only=${OWN} .value=${entity} .path=${[]} heading=${say("build_properties")} .lead=${lead} .rest=${rest}></sartor-panel>` : html`<fieldset aria-busy="true"></fieldset>`}
    ${own.system || !entity ? rest : nothing}
    <fieldset><legend>${say("build_use")}</legend><div class="row-flex wrap"><a class="btn btn-default" data-open href=${own.url}>${icon("table")}${say("build_open_card")}</a>
      ${own.system ? nothing : html`<button type="button" class="btn btn-danger" data-retire @click=${() => about.retire()}>${icon("archive")}${say("build_retire_entity")}</button>`}</div></fieldset>`;
}

function given(): TemplateResult {
  return html`<fieldset><p class="faint">${say("build_system_fixed")}</p></fieldset>`;
}

function nameLine(name: string, hint: string, { rename }: Side): TemplateResult {
  const change = (event: Event) => rename((event.target as HTMLInputElement).value.trim());
  return html`<div class="field"><label for="p-name">${say("build_name")}</label><input class="form-control mono" id="p-name" autocomplete="off" spellcheck="false" maxlength="40" aria-describedby="p-name-hint" .value=${live(name)} @change=${change}><span class="hint" id="p-name-hint">${say(hint)}</span></div>`;
}

function wrong(problems: Problem[]): TemplateResult | typeof nothing {
  if (!problems.length) return nothing;
  return html`<div class="note note-warn"><ul class="problems grow">${problems.map((each) => html`<li>${each.message}</li>`)}</ul></div>`;
}

function relations({ graph, chooseLine, retire }: Side, own: Card): TemplateResult {
  const name = (of: string) => graph.cards.find((each) => each.name === of)?.label ?? of;
  const lines = graph.lines.filter((each) => each.source === own.name || each.target === own.name);
  const key = (line: Line) => (event: KeyboardEvent) => {
    if (event.key === "Delete" || event.key === "Backspace") retire(line);
  };
  const row = (line: Line) => html`<li><button type="button" class="btn btn-quiet grow" data-relation=${keyOf(line)} @click=${() => chooseLine(keyOf(line))} @keydown=${key(line)}>${icon(line.icon)}<span class="clip">${name(line.source)} · ${line.label} → ${name(line.target)}</span><span class="faint t-12 push">${line.ends.join(" : ")}</span></button></li>`;
  return html`<fieldset><legend>${say("build_relations")}</legend>${lines.length ? html`<ul class="entries relation-rows">${lines.map(row)}</ul>` : html`<p class="faint">${say("build_no_relations")}</p>`}</fieldset>`;
}

function making({ graph, kind, hint, point }: Side): TemplateResult {
  const make = (event: Event) => {
    const select = event.target as HTMLSelectElement;
    if (select.value) point(select.value);
    select.value = "";
  };
  return html`<fieldset><legend>${say("build_new_relation")}: ${kind}</legend><div class="field"><label for="p-lookup">${say("build_points_to")}</label><select class="form-select" id="p-lookup" @change=${make}><option value="">${say("build_choose_entity")}</option>${graph.cards.map((each) => html`<option value=${each.name}>${each.label}</option>`)}</select><span class="hint">${hint}</span></div></fieldset>`;
}

/** Each field leads to itself in the designer of the entity. */
function fields({ types }: Side, { url }: Card, entity: Definition): TemplateResult {
  const all = fieldsOf(entity);
  const sign = (type: unknown) => types.find((each) => each.key === type)?.icon ?? "help";
  return html`<details class="card-fields"><summary>${say("build_field_count", { n: all.length })}</summary><ul class="entries relation-rows">${all.map(([name, field]) => html`<li><a class="btn btn-quiet grow" href="${url}#/fields/${name}">${icon(sign(field.type))}<span class="clip">${pick(field.label) || name}</span></a></li>`)}</ul></details>`;
}

function relation(about: Side, line: Line): TemplateResult {
  const { graph, field, fields: schema, around, retire } = about;
  const of = (name: string) => graph.cards.find((each) => each.name === name);
  const lead = nameLine(line.field, "build_name_hint", about);
  const properties = () => html`<sartor-panel .around=${around} .schema=${schema} .value=${field ?? {}} .path=${["fields", line.field]} heading=${say("build_properties")} .lead=${lead}></sartor-panel>
    <fieldset><legend>${say("build_use")}</legend><div class="row-flex wrap"><a class="btn btn-default" data-open href="${of(line.source)?.url ?? ""}#/fields/${line.field}">${icon("table")}${say("build_open_card")}</a><button type="button" class="btn btn-danger" data-retire @click=${() => retire(line)}>${icon("archive")}${say("build_retire_field")}</button></div></fieldset>`;
  return html`<header>${icon(line.icon)}<h2 class="grow clip">${pick(field?.label) || line.label} <span class="faint t-12">${of(line.source)?.label} → ${of(line.target)?.label}</span></h2></header>
    <fieldset><p class="faint">${cardinality(line)}</p></fieldset>
    ${of(line.source)?.system ? given() : field ? properties() : html`<fieldset aria-busy="true"></fieldset>`}`;
}
