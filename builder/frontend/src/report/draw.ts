// Shelves of a report with what lies on them, and its numbers as picture and table.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { icon } from "@ui/dom";
import type { Figure } from "@ui/figure";
import { say } from "@ui/words";
import type { Where } from "./pivot";

/** What the canvas shows: texts of conditions, notes, the figure, and the numbers as the server draws them. */
export interface LiveReport {
  filter: { text: string; path: string; lead: string; value: string; tail: string }[];
  notes: string[];
  numbers: string;
  figure: Figure | null;
  says: string;
}

export interface Chip {
  name: string;
  label: string;
  /** What stands small behind the label: by month. */
  beside: string;
  icon: string;
  isChosen: boolean;
  isStop: boolean;
  mark: "new" | "edited" | "";
  wrong: string;
  sort: "asc" | "desc" | "";
}

export interface ShelfDrawn {
  where: Where;
  chips: Chip[];
  /** What is wrong with the shelf as such. */
  wrong: string;
  hint: string;
  add(): void;
}

const ICONS: Record<Where, string> = { rows: "table-row", columns: "table-column", measures: "hash", filters: "filter" };

export function title(where: Where): string {
  return say({ rows: "build_rows", columns: "build_columns", measures: "build_measures", filters: "build_filters" }[where]);
}

export function shelf({ where, chips, wrong, hint, add }: ShelfDrawn): TemplateResult {
  const id = `shelf-${where}`;
  return html`<div class="report-shelf ${wrong ? "is-wrong" : ""}" data-shelf-of=${where}><h2 class="label row-flex" id=${id}>${icon(ICONS[where])}${title(where)}</h2>
    <div class="stack"><div class="row-flex top"><ul class="chips-list grow" data-where=${where} aria-labelledby=${id}>${repeat(chips, (each) => each.name, chip)}</ul>
      <button type="button" class="btn btn-quiet btn-icon" data-add-to=${where} aria-label=${say("build_add_to", { text: title(where) })} title=${say("build_add_to", { text: title(where) })} @click=${add}>${icon("plus")}</button></div>
      ${wrong ? html`<p class="bad t-12" role="alert">${wrong}</p>` : chips.length ? nothing : html`<p class="faint t-12">${hint}</p>`}</div></div>`;
}

function chip(each: Chip): TemplateResult {
  const classes = [each.mark ? "is-new" : "", each.isChosen ? "is-chosen" : "", each.wrong ? "is-wrong" : ""].filter(Boolean).join(" ");
  return html`<li data-name=${each.name} class=${classes}><button type="button" class="column-head" tabindex=${each.isStop ? 0 : -1} aria-pressed=${each.isChosen} title=${each.wrong || nothing}>${icon(each.icon)}<span class="clip">${each.label}</span>${each.beside ? html`<span class="faint">${each.beside}</span>` : nothing}${each.sort ? icon(each.sort === "asc" ? "sort-ascending" : "sort-descending") : nothing}${each.wrong ? html`<span class="bad">${icon("alert-circle")}</span>` : nothing}</button></li>`;
}

/** assets: where the drawing library and its style sheet are. */
export function numbers(live: LiveReport | null, assets: { module: string; style: string }): TemplateResult {
  if (!live) return html`<p class="faint" aria-busy="true">${say("build_opening")}</p>`;
  return html`${live.notes.map((note) => html`<p class="note note-warn">${icon("info-circle")}<span class="grow">${note}</span></p>`)}
    ${live.figure ? html`<sartor-chart data-module=${assets.module} data-style=${assets.style} .figure=${live.figure}><div class="plot" role="img" aria-label=${live.says} data-plot></div></sartor-chart>` : nothing}
    <div class="report-numbers">${unsafeHTML(live.numbers)}</div>`;
}
