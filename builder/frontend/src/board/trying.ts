// The filters that a dashboard offers, to be tried on its canvas. What is chosen here is not kept.
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import type { Definition } from "../core/json";
import type { Titled } from "../expression/asking";
import "../expression/records";

export interface Filter {
  name: string;
  label: string;
  options: [string, string][];
  level?: string;
  /** Name and label of the entity whose records are chosen; there are no options then. */
  records?: [string, string];
  /** What people see it called, where `label` says more. */
  short?: string;
  /** Fields of other entities that say the same. */
  same?: string[];
}

type Change = (name: string, value: string, title?: string) => void;

/** A record: the one that was chosen, or a box that finds one. */
function record(filter: Filter, title: string | undefined, change: Change): TemplateResult {
  if (title === undefined) return html`<sartor-records data-try=${filter.name} .entities=${[filter.records]} label=${filter.label} @record=${({ detail }: CustomEvent<Titled>) => change(filter.name, detail.id, detail.title)}></sartor-records>`;
  return html`<span class="chip" data-try=${filter.name}><span class="clip">${title}</span><button type="button" class="off" aria-label=${say("build_off", { text: title })} @click=${() => change(filter.name, "")}>${icon("x")}</button></span>`;
}

/** titles: of the records that are tried, by filter. */
export function trying(filters: Filter[], tried: Definition, titles: Record<string, string>, change: Change): TemplateResult | typeof nothing {
  if (!filters.length) return nothing;
  return html`<div class="sentence" data-filters>${icon("filter")}<span>${say("build_board_filters")}</span>
    ${filters.map((each) => each.records ? html`<span class="row-flex t-12">${each.short}${record(each, tried[each.name] ? (titles[each.name] ?? "") : undefined, change)}</span>` : html`<label class="row-flex t-12">${each.label}
      <select class="form-select" data-try=${each.name} @change=${(event: Event) => change(each.name, (event.target as HTMLSelectElement).value)}>
        <option value="" .selected=${live(!tried[each.name])}>${say("build_not_filtered")}</option>
        ${each.options.map(([value, text]) => html`<option value=${value} .selected=${live(tried[each.name] === value)}>${text}</option>`)}
      </select></label>`)}</div>`;
}
