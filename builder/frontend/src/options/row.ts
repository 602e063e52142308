// One choice in the list of an option set.
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import { aside, pick } from "../core/labels";
import type { Row } from "../rows/row";

export function choiceRow({ name, entry, mark, problems, ...row }: Row): TemplateResult {
  const label = pick(entry.label) || name;
  const other = aside(entry.label);
  const colour = typeof entry.colour === "string" ? entry.colour : "";
  return html`<li class="field-row ${mark ? `is-${mark}` : ""} ${problems.length ? "is-wrong" : ""} ${entry.retired ? "is-retired" : ""}" role="option" data-name=${name} aria-selected=${row.isChosen} tabindex=${row.isStop ? 0 : -1}>
    <span class="grip" aria-hidden="true">${icon("grip-vertical")}</span>
    <span class="tone ${colour ? `tint-${colour}` : "is-none"}" aria-hidden="true"></span>
    <span class="two-lines"><span class="clip"><span class="medium">${label}</span>${other ? html` <span class="faint">${other}</span>` : nothing}</span><span class="clip faint t-12 mono">${name}</span></span>
    <span class="flags">${entry.retired ? html`<span class="pill">${say("build_is_retired")}</span>` : nothing}${mark ? html`<span class="pill pill-warn">${say(mark === "new" ? "build_is_new" : "build_is_edited")}</span>` : nothing}</span>
    ${problems[0] ? html`<span class="wrong row-flex">${icon("alert-circle")}<span>${problems[0].message}</span></span>` : nothing}
  </li>`;
}
