// The panel of the diagram: what the chosen entity points to and what points to it, or the properties of one relation.
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import type { Definition } from "../core/json";
import type { Around } from "../panel/panel";
import type { Schema } from "../panel/schema";
import { cardinality, keyOf } from "./draw";
import type { Card, Graph, Line } from "./layout";

export interface Side {
  graph: Graph;
  card: Card | undefined;
  line: Line | undefined;
  /** The field behind the line, once it has been fetched. */
  field: Definition | undefined;
  /** Of what is made next, and what that means. */
  kind: string;
  hint: string;
  schema: Schema;
  around: Around;
  chooseLine(key: string): void;
  point(target: string): void;
  retire(): void;
}

export function side(about: Side): TemplateResult {
  if (about.line) return relation(about, about.line);
  return about.card ? entity(about, about.card) : html`<header>${icon("schema")}<h2 class="grow">${say("build_relations")}</h2></header><fieldset><p class="faint">${say("build_choose_card")}</p></fieldset>`;
}

function entity({ graph, card, kind, hint, chooseLine, point }: Side, own: Card): TemplateResult {
  const name = (of: string) => graph.cards.find((each) => each.name === of)?.label ?? of;
  const lines = graph.lines.filter((each) => each.source === own.name || each.target === own.name);
  const row = (line: Line) => html`<li><button type="button" class="btn btn-quiet grow" data-relation=${keyOf(line)} @click=${() => chooseLine(keyOf(line))}>${icon(line.icon)}<span class="clip">${name(line.source)} · ${line.label} → ${name(line.target)}</span><span class="faint t-12 push">${line.ends.join(" : ")}</span></button></li>`;
  const make = (event: Event) => {
    const select = event.target as HTMLSelectElement;
    if (select.value) point(select.value);
    select.value = "";
  };
  return html`<header>${icon(own.icon)}<h2 class="grow clip">${own.label} <span class="faint t-12">${say("build_entity")}</span></h2></header>
    <fieldset><legend>${say("build_relations")}</legend>${lines.length ? html`<ul class="entries relation-rows">${lines.map(row)}</ul>` : html`<p class="faint">${say("build_no_relations")}</p>`}</fieldset>
    ${own.system ? nothing : html`<fieldset><legend>${say("build_new_relation")}: ${kind}</legend><div class="field"><label for="p-lookup">${say("build_points_to")}</label><select class="form-select" id="p-lookup" @change=${make}><option value="">${say("build_choose_entity")}</option>${graph.cards.map((each) => html`<option value=${each.name}>${each.label}</option>`)}</select><span class="hint">${hint}</span></div></fieldset>`}
    <fieldset><legend>${say("build_use")}</legend><p class="row-flex"><a class="btn btn-default" data-open href=${card?.url ?? ""}>${icon("table")}${say("build_open_entity")}</a></p></fieldset>`;
}

function relation({ graph, field, schema, around, retire }: Side, line: Line): TemplateResult {
  const name = (of: string) => graph.cards.find((each) => each.name === of)?.label ?? of;
  return html`<header>${icon(line.icon)}<h2 class="grow clip">${line.label} <span class="faint t-12">${name(line.source)} → ${name(line.target)}</span></h2></header>
    <fieldset><p class="faint">${cardinality(line)}</p></fieldset>
    ${field ? html`<sartor-panel .around=${around} .schema=${schema} .value=${field} .path=${["fields", line.field]} heading=${say("build_properties")}></sartor-panel>
      <fieldset><legend>${say("build_use")}</legend><div class="row-flex wrap"><button type="button" class="btn btn-danger" data-retire @click=${retire}>${icon("archive")}${say("build_retire_this")}</button></div></fieldset>` : html`<fieldset aria-busy="true"></fieldset>`}`;
}
