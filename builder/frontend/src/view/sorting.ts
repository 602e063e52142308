// The order of a view in the panel: fields one after the other, each upwards or downwards.
import { html, type TemplateResult } from "lit";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import type { Term } from "./columns";

const MOST = 5;

export interface Ordering {
  terms: Term[];
  /** Fields that have an order, with what they are called. */
  offered: [string, string][];
  change(terms: Term[]): void;
}

export function ordering({ terms, offered, change }: Ordering): TemplateResult {
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
  return html`<fieldset class="ordering"><legend>${say("build_order")}</legend>
    <ul class="entries">${terms.map(row)}</ul>
    ${terms.length < MOST ? html`<div class="field"><label for="p-add-term">${say("build_add_term")}</label><select class="form-select" id="p-add-term" @change=${add}><option value=""></option>${others.map(([path, text]) => html`<option value=${path}>${text}</option>`)}</select></div>` : ""}</fieldset>`;
}

function moved(terms: Term[], from: number, to: number): Term[] {
  const others = terms.filter((_each, at) => at !== from);
  const term = terms[from];
  return term ? [...others.slice(0, to), term, ...others.slice(to)] : terms;
}
