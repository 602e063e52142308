// The inputs of a condition's values, by what its operator needs and by how the field's values are given.
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import type { Row, Titled } from "./asking";
import "./records";
import { operatorOf, withValue, withValues } from "./tree";

type Change = (row: Row) => void;

export function valueInputs(row: Row, change: Change): TemplateResult {
  const needs = operatorOf(row)?.needs;
  if (needs === "period") return choice(row, change, { place: 0, options: row.periods ?? [], label: say("build_period") });
  if (needs === "days") return typed(row, change, { place: 0, label: say("build_days"), type: "number" });
  if (needs === "many") return many(row, change);
  if (needs === "two") return html`<div class="row-flex two-values">${one(row, change, 0, say("build_from"))}${one(row, change, 1, say("build_to"))}</div>`;
  return one(row, change, 0, say("build_value"));
}

function labelled(row: Row, label: string): string {
  return `${row.label ?? row.path}: ${label}`;
}

function one(row: Row, change: Change, place: number, label: string): TemplateResult {
  const kind = row.asks?.kind ?? "text";
  if (kind === "choice") return choice(row, change, { place, options: row.asks?.options ?? [], label });
  if (kind === "record") return record(row, change, label);
  const type = kind === "date" ? (row.values[place]?.includes("T") ? "datetime-local" : "date") : "text";
  const box = typed(row, change, { place, label, type, isNumber: kind === "number" || kind === "percent" });
  return kind === "percent" ? html`<span class="row-flex">${box}<span class="faint" aria-hidden="true">%</span></span>` : box;
}

interface Box {
  place: number;
  label: string;
  type?: string;
  isNumber?: boolean;
}

function typed(row: Row, change: Change, { place, label, type = "text", isNumber = false }: Box): TemplateResult {
  const input = (event: Event) => change(withValue(row, place, (event.target as HTMLInputElement).value));
  return html`<input class="form-control ${isNumber ? "num" : ""}" data-value type=${type} inputmode=${isNumber ? "decimal" : nothing} min=${type === "number" ? 1 : nothing} autocomplete="off" aria-label=${labelled(row, label)} .value=${live(row.values[place] ?? "")} @input=${input}>`;
}

function choice(row: Row, change: Change, { place, options, label }: { place: number; options: [string, string][]; label: string }): TemplateResult {
  const now = row.values[place] ?? "";
  const pick = (event: Event) => change(withValue(row, place, (event.target as HTMLSelectElement).value));
  return html`<select class="form-select" data-value aria-label=${labelled(row, label)} @change=${pick}>${options.some(([key]) => key === now) ? nothing : html`<option value=${now} .selected=${true}>${now}</option>`}${options.map(([key, text]) => html`<option value=${key} .selected=${key === now}>${text}</option>`)}</select>`;
}

/** A single record: what was chosen, and a box that finds another one. */
function record(row: Row, change: Change, label: string): TemplateResult {
  const now = row.values[0];
  const choose = (event: CustomEvent<Titled>) => change(withValues(row, [event.detail.id], [event.detail.title]));
  return html`${now ? html`<span class="chip"><span class="clip">${row.titles?.[0] || now}</span></span>` : nothing}
    <sartor-records .entities=${row.asks?.entities ?? []} label=${labelled(row, label)} @record=${choose}></sartor-records>`;
}

function many(row: Row, change: Change): TemplateResult {
  const { asks, values } = row;
  if (asks?.kind === "choice") {
    const tick = (key: string, on: boolean) => change(withValues(row, on ? [...values, key] : values.filter((each) => each !== key)));
    return html`<div class="tick-list" role="group" aria-label=${labelled(row, say("build_values"))}>${asks.options.map(([key, text]) => html`<label class="check"><input type="checkbox" class="form-check-input" data-value .checked=${live(values.includes(key))} @change=${(event: Event) => tick(key, (event.target as HTMLInputElement).checked)}>${text}</label>`)}</div>`;
  }
  if (asks?.kind === "record") return records(row, change);
  const input = (event: Event) => change(withValues(row, (event.target as HTMLInputElement).value.split(/[,，、]/).map((each) => each.trim()).filter(Boolean)));
  return html`<input class="form-control" data-value autocomplete="off" placeholder=${say("build_with_commas")} aria-label=${labelled(row, say("build_values"))} .value=${values.join(", ")} @change=${input}>`;
}

function records(row: Row, change: Change): TemplateResult {
  const { values, titles = [] } = row;
  const add = (event: CustomEvent<Titled>) => {
    const { id, title } = event.detail;
    if (!values.includes(id)) change(withValues(row, [...values, id], [...titles, title]));
  };
  const off = (place: number) => change(withValues(row, values.filter((_each, at) => at !== place), titles.filter((_each, at) => at !== place)));
  return html`<div class="row-flex wrap">${values.map((each, place) => html`<span class="chip"><span class="clip">${titles[place] || each}</span><button type="button" class="off" aria-label=${say("build_off", { text: titles[place] || each })} @click=${() => off(place)}>${icon("x")}</button></span>`)}</div>
    <sartor-records .entities=${row.asks?.entities ?? []} label=${labelled(row, say("build_values"))} @record=${add}></sartor-records>`;
}
