// One stage, or one transition, in the lists of a pipeline.
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import type { Definition } from "../core/json";
import { aside, pick } from "../core/labels";
import { names } from "../panel/schema";
import { mapOf } from "../rows/entries";
import type { Row } from "../rows/row";

const RULES = ["to_enter", "to_leave", "checks"];
const EFFECTS = ["on_enter", "on_leave"];

function count(entry: Definition, maps: string[]): number {
  return maps.reduce((sum, map) => sum + Object.keys(mapOf(entry, map)).length, 0);
}

function flags(entry: Definition): string[] {
  const rules = count(entry, RULES);
  const effects = count(entry, EFFECTS);
  return [
    entry.probability === undefined ? "" : `${Number((Number(entry.probability) * 100).toFixed(2))} %`,
    entry.dwell_limit === undefined ? "" : say("build_day_count", { n: String(entry.dwell_limit) }),
    entry.note === true ? say("build_reason_required") : "",
    names(entry.roles).length ? say("build_role_count", { n: names(entry.roles).length }) : "",
    rules ? say("build_rule_count", { n: rules }) : "",
    effects ? say("build_effect_count", { n: effects }) : "",
  ].filter(Boolean);
}

function row({ name, entry, mark, problems, ...more }: Row, sign: TemplateResult, what: TemplateResult): TemplateResult {
  return html`<li class="field-row ${mark ? `is-${mark}` : ""} ${problems.length ? "is-wrong" : ""}" role="option" data-name=${name} aria-selected=${more.isChosen} tabindex=${more.isStop ? 0 : -1}>
    <span class="grip" aria-hidden="true">${icon("grip-vertical")}</span>${sign}<span class="two-lines">${what}</span>
    <span class="flags">${flags(entry).map((each) => html`<span class="pill">${each}</span>`)}${mark ? html`<span class="pill pill-warn">${say(mark === "new" ? "build_is_new" : "build_is_edited")}</span>` : nothing}</span>
    ${problems[0] ? html`<span class="wrong row-flex">${icon("alert-circle")}<span>${problems[0].message}</span></span>` : nothing}
  </li>`;
}

/** tone: the class of its dot. outcome: how it ends, in words; empty for an open one. */
export function stageRow(stage: Row & { tone: string; outcome: string; isFirst: boolean }): TemplateResult {
  const other = aside(stage.entry.label);
  const text = [stage.outcome, stage.isFirst ? say("build_is_first") : ""].filter(Boolean).join(" · ");
  return row(
    stage,
    html`<span class="tone ${stage.tone}" aria-hidden="true"></span>`,
    html`<span class="clip"><span class="medium">${pick(stage.entry.label) || stage.name}</span>${other ? html` <span class="faint">${other}</span>` : nothing}</span><span class="clip faint t-12"><span class="mono">${stage.name}</span>${text ? ` · ${text}` : nothing}</span>`,
  );
}

/** said: its stages in words, `Qualify, Proposal → Lost`. */
export function moveRow(move: Row & { said: string }): TemplateResult {
  const label = pick(move.entry.label);
  return row(
    move,
    html`<span class="kind">${icon("arrow-right")}</span>`,
    html`<span class="clip medium">${label || move.said}</span><span class="clip faint t-12">${label ? move.said : html`<span class="mono">${move.name}</span>`}</span>`,
  );
}
