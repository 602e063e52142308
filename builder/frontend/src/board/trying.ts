// The filters that a dashboard offers, to be tried on its canvas. What is chosen here is not kept.
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import type { Definition } from "../core/json";

export interface Filter {
  name: string;
  label: string;
  options: [string, string][];
  level?: string;
}

export function trying(filters: Filter[], tried: Definition, change: (name: string, value: string) => void): TemplateResult | typeof nothing {
  if (!filters.length) return nothing;
  return html`<div class="sentence" data-filters>${icon("filter")}<span>${say("build_board_filters")}</span>
    ${filters.map((each) => html`<label class="row-flex t-12">${each.label}
      <select class="form-select" data-try=${each.name} @change=${(event: Event) => change(each.name, (event.target as HTMLSelectElement).value)}>
        <option value="" .selected=${live(!tried[each.name])}>${say("build_not_filtered")}</option>
        ${each.options.map(([value, text]) => html`<option value=${value} .selected=${live(tried[each.name] === value)}>${text}</option>`)}
      </select></label>`)}</div>`;
}
