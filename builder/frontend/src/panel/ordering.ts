// The order of records in a panel: fields one after the other, each upwards or downwards.
import { html, type TemplateResult } from "lit";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import type { Definition, Json } from "../core/json";
import { names } from "./schema";

const MOST = 5;

export interface Term {
  path: string;
  descending: boolean;
}

/** id: of the box that adds to it; title: what is ordered. */
export interface Ordering {
  id?: string;
  title?: string;
  terms: Term[];
  /** Fields that have an order, with what they are called. */
  offered: [string, string][];
  change(terms: Term[]): void;
}

/** Out of texts as definitions have them, a minus sign turning the order. */
export function termsOf({ sort }: Definition | { sort: Json | undefined }): Term[] {
  return names(sort).map((text) => ({ path: text.replace(/^-/, ""), descending: text.startsWith("-") }));
}

export function textsOf(terms: Term[]): string[] {
  return terms.map((each) => (each.descending ? `-${each.path}` : each.path));
}

export function ordering({ terms, offered, change, title = say("build_order"), id = "p-add-term" }: Ordering): TemplateResult {
  const others = offered.filter(([path]) => !terms.some((each) => each.path === path));
  const called = (path: string) => offered.find(([key]) => key === path)?.[1] ?? path;
  const swap = (number: number, by: number) => change(moved(terms, number, number + by));
  const add = (event: Event) => {
    const box = event.target as HTMLSelectElement;
    if (box.value) change([...terms, { path: box.value, descending: false }]);
    box.value = "";
  };
  const row = (term: Term, number: number) => {
    const text = called(term.path);
    const way = say(term.descending ? "build_descending" : "build_ascending");
    return html`<li><div class="row-flex entry"><span class="grow clip entry-text">${text}</span>
      <button type="button" class="btn btn-quiet" aria-label="${text}: ${way}" title=${way} @click=${() => change(terms.map((each, at) => (at === number ? { ...each, descending: !each.descending } : each)))}>${icon(term.descending ? "sort-descending" : "sort-ascending")}</button>
      <button type="button" class="btn btn-quiet btn-icon" ?disabled=${number === 0} aria-label=${say("build_up", { text })} title=${say("build_up", { text })} @click=${() => swap(number, -1)}>${icon("arrow-up")}</button>
      <button type="button" class="btn btn-quiet btn-icon" ?disabled=${number === terms.length - 1} aria-label=${say("build_down", { text })} title=${say("build_down", { text })} @click=${() => swap(number, 1)}>${icon("arrow-down")}</button>
      <button type="button" class="btn btn-quiet btn-icon" aria-label=${say("build_off", { text })} title=${say("build_off", { text })} @click=${() => change(terms.filter((_each, at) => at !== number))}>${icon("x")}</button></div></li>`;
  };
  return html`<fieldset class="ordering"><legend>${title}</legend>
    <ul class="entries">${terms.map(row)}</ul>
    ${terms.length < MOST ? html`<div class="field"><label for=${id}>${say("build_add_term")}</label><select class="form-select" id=${id} @change=${add}><option value=""></option>${others.map(([path, text]) => html`<option value=${path}>${text}</option>`)}</select></div>` : ""}</fieldset>`;
}

function moved(terms: Term[], from: number, to: number): Term[] {
  const others = terms.filter((_each, at) => at !== from);
  const term = terms[from];
  return term ? [...others.slice(0, to), term, ...others.slice(to)] : terms;
}
