// What stands in the panel of an entity besides its generated properties: the name of a field, where it is used, retirement.
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import type { Spot } from "../core/drafts";

/** name: of the field; null for the entity itself. users: other definitions that use it, null before they are asked for. */
export interface Use {
  name: string | null;
  users: Spot[] | null;
  double(): void;
  retire(): void;
  /** Whether the field stands on the form of its entity; absent where there is none. */
  onForm?: { label: string; isOn: boolean; put(isOn: boolean): void };
  showUses(): void;
}

export function useOf(use: Use): TemplateResult {
  const { name } = use;
  return html`<fieldset><legend>${say("build_use")}</legend>${standing(use)}${usedBy(use)}
      <div class="row-flex wrap">${name === null ? nothing : html`<button type="button" class="btn btn-default" @click=${use.double}>${icon("copy")}${say("build_double")}</button>`}
      <button type="button" class="btn btn-danger" data-retire @click=${use.retire}>${icon("archive")}${say(name === null ? "build_retire_entity" : "build_retire_field")}</button></div></fieldset>`;
}

export function nameLine(name: string, rename: (wanted: string) => void): TemplateResult {
  const change = (event: Event) => rename((event.target as HTMLInputElement).value.trim());
  return html`<div class="field"><label for="p-name">${say("build_name")}</label><input class="form-control mono" id="p-name" autocomplete="off" spellcheck="false" maxlength="40" aria-describedby="p-name-hint" .value=${name} @change=${change}><span class="hint" id="p-name-hint">${say("build_name_hint")}</span></div>`;
}

/** Line items are made where their field is, or designed where they stand. */
export function linesLine(entity: string, make: () => void): TemplateResult {
  if (entity) return html`<p class="row-flex"><a class="btn btn-default" data-open-lines href=${entity}>${icon("table")}${say("build_open_lines")}</a></p>`;
  return html`<div class="note"><div class="stack"><p>${say("build_lines_needed")}</p><p class="row-flex"><button type="button" class="btn btn-primary" data-make-lines @click=${make}>${icon("plus")}${say("build_make_lines")}</button></p></div></div>`;
}

/** Stages are those of a pipeline, which is made where the field is that follows it, or designed where it stands. */
export function stagesLine(pipelines: string[], make: () => void): TemplateResult {
  if (!pipelines.length) return html`<div class="note"><div class="stack"><p>${say("build_stages_needed")}</p><p class="row-flex"><button type="button" class="btn btn-primary" data-make-stages @click=${make}>${icon("plus")}${say("build_make_stages")}</button></p></div></div>`;
  return html`<p class="row-flex wrap">${pipelines.map((each) => html`<a class="btn btn-default" data-open-stages href="../pipelines/${each}">${icon("arrow-ramp-right")}${pipelines.length > 1 ? each : say("build_design_stages")}</a>`)}</p>`;
}

function standing({ onForm }: Use): TemplateResult | typeof nothing {
  if (!onForm) return nothing;
  const change = (event: Event) => onForm.put((event.target as HTMLInputElement).checked);
  return html`<label class="row-flex top check-line"><input type="checkbox" class="form-check-input" data-on-form .checked=${live(onForm.isOn)} @change=${change}>${say("build_on_main_form", { label: onForm.label })}</label>`;
}

function usedBy({ users, showUses }: Use): TemplateResult {
  if (users === null) return html`<button type="button" class="btn btn-quiet" data-uses @click=${showUses}>${icon("zoom-question")}${say("build_where_used")}</button>`;
  if (!users.length) return html`<p class="t-12 faint">${say("build_used_by_none")}</p>`;
  return html`<p class="t-12">${say("build_used_by", { n: users.length })}</p><ul class="problems">${users.map((each) => html`<li>${each.said}</li>`)}</ul>`;
}
