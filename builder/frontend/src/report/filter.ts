// One condition of a report in the panel: an operator in words, and inputs of what it needs.
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { say } from "@ui/words";
import type { ReportItem } from "./items";
import { condition, entered, literal } from "./literals";

/** needs: nothing, one, two, many, days, period. */
export interface Operator {
  text: string;
  pattern: string;
  needs: string;
}

/** The condition as it is, taken apart by the server; operator: undefined where it is more than one can say. */
export interface Taken {
  operator: string | undefined;
  values: string[];
}

export interface Filtering {
  item: ReportItem;
  operators: Record<string, Operator>;
  periods: [string, string][];
  taken: Taken;
  /** text: empty while a value is missing; the operator is remembered then. */
  change(operator: string, text: string): void;
}

const COUNTS: Record<string, number> = { nothing: 0, one: 1, two: 2, days: 1, period: 1 };

/** Values that an input of ours can hold: records and people are chosen where they are listed. */
function isOffered(item: ReportItem, operator: Operator | undefined): boolean {
  return operator !== undefined && (["nothing", "days", "period"].includes(operator.needs) || Boolean(item.choices) || (item.value !== "other" && operator.needs !== "many"));
}

export function filtering(given: Filtering): TemplateResult {
  const { item, operators, taken } = given;
  const offered = (item.operators ?? []).filter((key) => isOffered(item, operators[key]));
  const choose = (event: Event) => {
    const key = (event.target as HTMLSelectElement).value;
    if (operators[key]) given.change(key, written(given, key, startOf(given, operators[key])));
  };
  return html`<fieldset class="filtering"><legend>${item.label}</legend>
    <div class="field"><label for="p-operator">${say("build_condition")}</label><select class="form-select" id="p-operator" @change=${choose}>
      ${taken.operator && offered.includes(taken.operator) ? nothing : html`<option value="" .selected=${live(true)}>${say("build_own_expression")}</option>`}
      ${offered.map((key) => html`<option value=${key} .selected=${live(key === taken.operator)}>${operators[key]?.text}</option>`)}</select></div>
    ${taken.operator ? inputs(given, taken.operator) : nothing}</fieldset>`;
}

function startOf({ item, periods }: Filtering, { needs }: Operator): string[] {
  const first = item.choices?.[0]?.[0];
  if (needs === "period") return [periods[0]?.[0] ?? ""];
  if (needs === "days") return ["30"];
  return first && ["one", "many"].includes(needs) ? [literal("text", first)] : [];
}

/** The condition as text; empty while a value is missing. */
function written({ item, operators }: Filtering, key: string, literals: string[]): string {
  const { needs, pattern } = operators[key] as Operator;
  const isWhole = needs === "many" ? literals.length > 0 : literals.length === COUNTS[needs] && literals.every(Boolean);
  return isWhole ? condition(pattern, item.key, literals) : "";
}

function inputs(given: Filtering, key: string): TemplateResult | typeof nothing {
  const needs = given.operators[key]?.needs ?? "nothing";
  const { item, taken, periods } = given;
  const set = (literals: string[]) => given.change(key, written(given, key, literals));
  if (needs === "nothing") return nothing;
  if (needs === "many") return ticks(item, taken.values, set);
  if (needs === "period") return picked(periods, taken.values[0] ?? "", set);
  if (item.choices && needs === "one") return picked(item.choices.map(([value, text]) => [literal("text", value), text]), taken.values[0] ?? "", set);
  const kind = needs === "days" ? "number" : (item.value ?? "text");
  const boxes = Array.from({ length: COUNTS[needs] ?? 1 }, (_each, place) => box(kind, place, given, set));
  return html`<div class="row-flex">${boxes}</div>`;
}

function ticks(item: ReportItem, values: string[], set: (literals: string[]) => void): TemplateResult {
  const now = values.map((each) => entered(each));
  const tick = (key: string, on: boolean) => set((item.choices ?? []).map(([each]) => each).filter((each) => (each === key ? on : now.includes(each))).map((each) => literal("text", each)));
  return html`<div class="tick-list" role="group" aria-label=${item.label}>${(item.choices ?? []).map(([key, text]) => html`<label class="check"><input type="checkbox" class="form-check-input" .checked=${live(now.includes(key))} @change=${(event: Event) => tick(key, (event.target as HTMLInputElement).checked)}>${text}</label>`)}</div>`;
}

function picked(choices: [string, string][], value: string, set: (literals: string[]) => void): TemplateResult {
  return html`<select class="form-select" aria-label=${say("build_value")} @change=${(event: Event) => set([(event.target as HTMLSelectElement).value])}>
    ${choices.some(([key]) => key === value) ? nothing : html`<option value="" .selected=${live(true)}></option>`}
    ${choices.map(([key, text]) => html`<option value=${key} .selected=${live(key === value)}>${text}</option>`)}</select>`;
}

function box(kind: string, place: number, { taken, operators }: Filtering, set: (literals: string[]) => void): TemplateResult {
  const many = COUNTS[operators[taken.operator ?? ""]?.needs ?? "one"] ?? 1;
  const isNumber = kind === "number" || kind === "percent";
  const type = isNumber ? "number" : kind === "text" ? "text" : "date";
  const change = (event: Event) => set(Array.from({ length: many }, (_each, at) => (at === place ? literal(kind, (event.target as HTMLInputElement).value) : (taken.values[at] ?? ""))));
  return html`<input class="form-control grow" type=${type} step=${isNumber ? "any" : nothing} autocomplete="off" aria-label=${many > 1 ? `${say("build_value")} ${place + 1}` : say("build_value")} .value=${live(entered(taken.values[place], kind))} @change=${change}>${kind === "percent" ? html`<span class="faint" aria-hidden="true">%</span>` : nothing}`;
}
