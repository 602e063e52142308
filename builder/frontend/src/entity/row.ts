// One field in the list of an entity's fields.
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import type { Problem } from "../core/drafts";
import type { Definition } from "../core/json";
import { aside, pick } from "../core/labels";
import type { TypeAbout } from "../panel/schema";

/** new, edited, brought back from where it was retired, or as it is published. */
export type Mark = "new" | "edited" | "back" | "";

const MARKS = { new: "build_is_new", edited: "build_is_edited", back: "build_is_back" };

export interface Row {
  name: string;
  field: Definition;
  type: TypeAbout | undefined;
  isTitle: boolean;
  isChosen: boolean;
  isStop: boolean;
  mark: Mark;
  problems: Problem[];
}

function flags({ field, isTitle }: Row): string[] {
  return [
    isTitle ? say("build_is_title") : "",
    field.required ? say("build_is_required") : "",
    field.unique ? say("build_is_unique") : "",
    field.sensitive ? say("build_is_sensitive") : "",
    field.read_only ? say("build_is_read_only") : "",
    field.visible_if || field.required_if || field.read_only_if || field.checks ? say("build_has_rules") : "",
  ].filter(Boolean);
}

export function fieldRow(row: Row): TemplateResult {
  const { name, field, type, mark } = row;
  const label = pick(field.label) || name;
  const other = aside(field.label);
  return html`<li class="field-row ${mark ? `is-${mark === "back" ? "new" : mark}` : ""} ${row.problems.length ? "is-wrong" : ""}" role="option" data-name=${name} aria-selected=${row.isChosen} tabindex=${row.isStop ? 0 : -1}>
    <span class="grip" aria-hidden="true">${icon("grip-vertical")}</span>
    <span class="kind" title=${pick(type?.label)}>${icon(type?.icon ?? "help")}</span>
    <span class="two-lines"><span class="clip"><span class="medium">${label}</span>${other ? html` <span class="faint">${other}</span>` : nothing}</span>
      <span class="clip faint t-12"><span class="mono">${name}</span> · ${pick(type?.label) || String(field.type)}</span></span>
    <span class="flags">${flags(row).map((each) => html`<span class="pill">${each}</span>`)}${mark ? html`<span class="pill pill-warn">${say(MARKS[mark])}</span>` : nothing}</span>
    ${row.problems[0] ? html`<span class="wrong row-flex">${icon("alert-circle")}<span>${row.problems[0].message}</span></span>` : nothing}
  </li>`;
}
