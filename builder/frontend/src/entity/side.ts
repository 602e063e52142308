// The panel beside the canvas of an entity: the name, the properties from the schema, where it is used, retirement.
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import type { Spot } from "../core/drafts";
import type { Definition } from "../core/json";
import { pick } from "../core/labels";
import type { Around } from "../panel/panel";
import type { TypeAbout } from "../panel/schema";

/** name: of the field; null for the entity itself. users: other definitions that use it, null before they are asked for. */
export interface Side {
  name: string | null;
  value: Definition;
  type: TypeAbout | undefined;
  around: Around;
  schema: Definition;
  isJson: boolean;
  users: Spot[] | null;
  toggleJson(): void;
  /** The line for the name of the entity itself. */
  whole(): TemplateResult;
  rename(wanted: string): void;
  double(): void;
  retire(): void;
  /** Whether the field stands on the form of its entity; absent where there is none. */
  onForm?: { label: string; isOn: boolean; put(isOn: boolean): void };
  showUses(): void;
}

export function side(view: Side): TemplateResult {
  const { name, value, type } = view;
  const about = name === null ? say("build_entity") : pick(type?.label);
  return html`<header>${icon(name === null ? "table" : (type?.icon ?? "help"))}<h2 class="grow clip">${pick(value.label) || name} <span class="faint t-12">${about}</span></h2>
      <button type="button" class="btn btn-quiet btn-icon" aria-pressed=${view.isJson} aria-label=${say("build_json")} title=${say("build_json")} @click=${view.toggleJson}>${icon("braces")}</button></header>
    ${view.isJson
      ? html`<pre class="json" tabindex="0" aria-label=${say("build_json")}>${JSON.stringify(value, null, 2)}</pre>`
      : html`<sartor-panel .around=${view.around} .schema=${view.schema} .value=${value} .path=${name === null ? [] : ["fields", name]} heading=${say("build_properties")} .lead=${name === null ? view.whole() : nameLine(name, view)}></sartor-panel>`}
    <fieldset><legend>${say("build_use")}</legend>${standing(view)}${usedBy(view)}
      <div class="row-flex wrap">${name === null ? nothing : html`<button type="button" class="btn btn-default" @click=${view.double}>${icon("copy")}${say("build_double")}</button>`}
      <button type="button" class="btn btn-danger" data-retire @click=${view.retire}>${icon("archive")}${say(name === null ? "build_retire_entity" : "build_retire_field")}</button></div></fieldset>`;
}

function nameLine(name: string, view: Side): TemplateResult {
  const change = (event: Event) => view.rename((event.target as HTMLInputElement).value.trim());
  return html`<div class="field"><label for="p-name">${say("build_name")}</label><input class="form-control mono" id="p-name" autocomplete="off" spellcheck="false" maxlength="40" aria-describedby="p-name-hint" .value=${name} @change=${change}><span class="hint" id="p-name-hint">${say("build_name_hint")}</span></div>`;
}

function standing({ onForm }: Side): TemplateResult | typeof nothing {
  if (!onForm) return nothing;
  const change = (event: Event) => onForm.put((event.target as HTMLInputElement).checked);
  return html`<label class="row-flex top check-line"><input type="checkbox" class="form-check-input" data-on-form .checked=${live(onForm.isOn)} @change=${change}>${say("build_on_main_form", { label: onForm.label })}</label>`;
}

function usedBy({ users, showUses }: Side): TemplateResult {
  if (users === null) return html`<button type="button" class="btn btn-quiet" data-uses @click=${showUses}>${icon("zoom-question")}${say("build_where_used")}</button>`;
  if (!users.length) return html`<p class="t-12 faint">${say("build_used_by_none")}</p>`;
  return html`<p class="t-12">${say("build_used_by", { n: users.length })}</p><ul class="problems">${users.map((each) => html`<li>${each.said}</li>`)}</ul>`;
}
