// What stands above the diagram: a new entity, which cards are shown, what a pulled line becomes, how it is shown.
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import type { Wish } from "./filter";
import { KINDS, type Kind } from "./lookup";

export type Zoom = "out" | "in" | "fit";

export interface Tools {
  wish: Wish;
  apps: [string, string][];
  making: Kind;
  isTable: boolean;
  found(): void;
  show(more: Partial<Wish>): void;
  become(kind: Kind): void;
  asTable(isTable: boolean): void;
  zoom(how: Zoom): void;
}

export function tools(view: Tools): TemplateResult {
  return html`<div class="row-flex wrap relations-tools">
    <button type="button" class="btn btn-default" data-found data-key="N" @click=${view.found}>${icon("plus")}${say("build_new_entity")}<kbd class="only-desk">N</kbd></button>${narrowing(view)}
    <label class="row-flex"><span class="faint t-12">${say("build_new_relation")}</span><select class="form-select" data-kind @change=${(event: Event) => view.become((event.target as HTMLSelectElement).value as Kind)}>${KINDS.map((each) => html`<option value=${each} .selected=${each === view.making}>${say(`build_kind_${each}`)}</option>`)}</select></label>
    <span class="push"></span>${shownAs(view)}${view.isTable ? nothing : zooming(view)}</div>`;
}

function narrowing({ wish, apps, show }: Tools): TemplateResult {
  return html`<input class="form-control" type="search" data-find aria-label=${say("build_find_entity")} placeholder=${say("build_find_entity")} .value=${wish.text} @input=${(event: Event) => show({ text: (event.target as HTMLInputElement).value })}>
    <select class="form-select" data-app aria-label=${say("build_app")} @change=${(event: Event) => show({ app: (event.target as HTMLSelectElement).value })}><option value="">${say("build_all_apps")}</option>${apps.map(([name, label]) => html`<option value=${name}>${label}</option>`)}</select>
    <label class="check"><input type="checkbox" class="form-check-input" data-system .checked=${wish.system} @change=${(event: Event) => show({ system: (event.target as HTMLInputElement).checked })}>${say("build_with_people")}</label>`;
}

function shownAs({ isTable, asTable }: Tools): TemplateResult {
  return html`<div class="seg" role="group" aria-label=${say("build_shown_as")}><button type="button" data-as="diagram" aria-pressed=${!isTable} @click=${() => asTable(false)}>${icon("schema")}${say("build_diagram")}</button><button type="button" data-as="table" aria-pressed=${isTable} @click=${() => asTable(true)}>${icon("list-details")}${say("build_as_list")}</button></div>`;
}

function zooming({ zoom }: Tools): TemplateResult {
  const signs = { out: icon("minus"), in: icon("plus"), fit: icon("maximize") };
  return html`<span class="row-flex">${(["out", "in", "fit"] as const).map((how) => html`<button type="button" class="btn btn-default btn-icon" data-zoom=${how} aria-label=${say(`build_zoom_${how}`)} title=${say(`build_zoom_${how}`)} @click=${() => zoom(how)}>${signs[how]}</button>`)}</span>`;
}
