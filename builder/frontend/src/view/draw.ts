// The records of a view on its canvas: a table below its columns, or lanes of cards.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import type { Live } from "./live";

/** One column as it is drawn. mark: new or edited since it was published; isThere: it has values already. */
export interface Drawn {
  key: string;
  label: string;
  icon: string;
  isChosen: boolean;
  isStop: boolean;
  isNumber: boolean;
  isThere: boolean;
  mark: "new" | "edited" | "";
  wrong: string;
  sort: "asc" | "desc" | "";
}

export interface Canvas {
  columns: Drawn[];
  live: Live | null;
  /** Values of one row by key of its column; a column that the answer does not know yet has none. */
  cell(row: string[], key: string): string;
}

function classes(column: Drawn): string {
  const dashed = column.mark || !column.isThere ? "is-new" : "";
  return [dashed, column.isChosen ? "is-chosen" : "", column.isNumber ? "num" : "", column.wrong ? "is-wrong" : ""].filter(Boolean).join(" ");
}

function head(column: Drawn): TemplateResult {
  const title = column.wrong || (column.isThere ? nothing : say("build_no_values_yet"));
  return html`<button type="button" class="column-head" tabindex=${column.isStop ? 0 : -1} aria-pressed=${column.isChosen} title=${title}>${icon(column.icon)}<span class="clip">${column.label}</span>${column.sort ? icon(column.sort === "asc" ? "sort-ascending" : "sort-descending") : nothing}${column.wrong ? html`<span class="bad">${icon("alert-circle")}</span>` : nothing}</button>`;
}

/** The classes of a row or card that a condition colours. */
function tinted(colour: string | undefined): string {
  return colour ? `is-tinted tint-${colour}` : "";
}

/** A value as the list itself shows it: stages and choices with their colour. */
function value(live: Live | null, key: string, text: string): TemplateResult | string {
  const dot = live?.columns.find((each) => each.key === key)?.dots[text];
  return dot ? html`<span class="stage ${dot}">${text}</span>` : text;
}

export function table({ columns, live, cell }: Canvas, label: string): TemplateResult {
  const totals = live?.columns.some((each) => each.total) ?? false;
  return html`<div class="list-wrap view-wrap" tabindex="0" role="region" aria-label=${label}><table class="list view-table" aria-label=${label}>
    <thead><tr data-columns>${repeat(columns, (each) => each.key, (each) => html`<th scope="col" data-name=${each.key} class=${classes(each)}>${head(each)}</th>`)}</tr></thead>
    <tbody>${(live?.rows ?? []).map((row, number) => html`${live?.groups[number] ? html`<tr class="group-row"><th scope="rowgroup" colspan=${columns.length}><span>${live.groups[number]}</span></th></tr>` : nothing}<tr class=${tinted(live?.tints[number]) || nothing}>${columns.map((each) => html`<td class=${classes(each)}>${value(live, each.key, cell(row, each.key))}</td>`)}</tr>`)}</tbody>
    ${totals ? html`<tfoot><tr>${columns.map((each) => html`<td class=${each.isNumber ? "num" : ""}><b>${live?.columns.find((shown) => shown.key === each.key)?.total ?? ""}</b></td>`)}</tr></tfoot>` : nothing}
  </table></div>`;
}

function cardColumns(columns: Drawn[]): TemplateResult {
  return html`<div class="stack"><h2 class="label">${say("build_card_shows")}</h2><ul class="card-columns" data-columns>${repeat(columns, (each) => each.key, (each) => html`<li data-name=${each.key} class=${classes(each)}>${head(each)}</li>`)}</ul></div>`;
}

/** The drawing comes from our own server's templates, which escape what people wrote. */
export function drawn({ columns, live }: Canvas, label: string, on: { key(event: KeyboardEvent): void; press(event: Event): void }): TemplateResult {
  return html`${cardColumns(columns)}
    <div class="view-drawn" role="region" aria-label=${label} data-drawn @keydown=${on.key} @click=${on.press}>${unsafeHTML(live?.drawn ?? "")}</div>`;
}

export function lanes({ columns, live, cell }: Canvas, label: string): TemplateResult {
  return html`${cardColumns(columns)}
    <div class="view-lanes" tabindex="0" role="region" aria-label=${label}>${(live?.lanes ?? []).map((lane) => html`<section class="view-lane" aria-label=${lane.label}><header class="row-flex"><b class="clip">${lane.dot ? html`<span class="stage ${lane.dot}">${lane.label}</span>` : lane.label}</b><span class="faint push">${lane.count}</span></header>
      ${lane.cards.map((row, number) => html`<div class="view-card ${tinted(lane.tints[number])}">${columns.map((each, number) => html`<span class="${number ? "faint t-12" : "medium"} ${each.mark || !each.isThere ? "is-new" : ""} clip">${value(live, each.key, cell(row, each.key))}</span>`)}</div>`)}</section>`)}</div>`;
}
