// The table of permitted moves: from each stage to each other one, with a switch. It holds what the graph shows.
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { say } from "@ui/words";
import type { Definition } from "../core/json";
import { pick } from "../core/labels";
import { entryOf } from "../rows/entries";
import { isPermitted, STAGES, type Pair } from "./moves";
import { parted } from "./stages";

const STEPS: Record<string, [number, number]> = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export function drawTable(pipeline: Definition, turn: (pair: Pair, on: boolean) => void): TemplateResult {
  const { open, ends } = parted(pipeline);
  const all = [...open, ...ends];
  const label = (name: string) => pick(entryOf(pipeline, STAGES, name).label) || name;
  return html`<div class="moves-box" tabindex="0" role="region" aria-label=${say("build_moves_table")}><table class="moves" aria-label=${say("build_moves_table")} @keydown=${step}>
    <thead><tr><th scope="col" class="faint">${say("build_from_to")}</th>${all.map((to) => html`<th scope="col">${label(to)}</th>`)}</tr></thead>
    <tbody>${all.map((from) => html`<tr><th scope="row">${label(from)}</th>${all.map((to) => html`<td>${from === to ? nothing : drawSwitch(pipeline, { from, to }, say("build_move_from_to", { from: label(from), to: label(to) }), turn)}</td>`)}</tr>`)}</tbody></table></div>`;
}

function drawSwitch(pipeline: Definition, pair: Pair, text: string, turn: (pair: Pair, on: boolean) => void): TemplateResult {
  return html`<label class="form-switch" title=${text}><input type="checkbox" role="switch" class="form-check-input" data-move="${pair.from}>${pair.to}" aria-label=${text} .checked=${live(isPermitted(pipeline, pair))} @change=${(event: Event) => turn(pair, (event.target as HTMLInputElement).checked)}></label>`;
}

/** Arrows go from switch to switch, over the cell where a stage would lead to itself. */
function step(event: KeyboardEvent): void {
  const by = STEPS[event.key];
  const cell = (event.target as Element).closest("td");
  const body = cell?.closest("tbody");
  const row = cell?.parentElement as HTMLTableRowElement | null;
  if (!by || !cell || !row || !body || event.altKey) return;
  event.preventDefault();
  let [r, c] = [row.sectionRowIndex, cell.cellIndex];
  for (let most = 0; most < 2; most++) {
    [r, c] = [r + by[0], c + by[1]];
    const found = body.rows[r]?.cells[c]?.querySelector<HTMLInputElement>("input");
    if (found) return found.focus();
  }
}
