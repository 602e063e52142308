// The cards of a dashboard on its canvas: on the grid as on a desk, or one below the other as on a phone.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import "@ui/chart";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import type { Box } from "./grid";
import type { Drawn } from "./live";

export interface Tile {
  name: string;
  label: string;
  drawn: Drawn | undefined;
  box: Box;
  isChosen: boolean;
  mark: "new" | "edited" | "";
  wrong: string;
  /** A number without another one beside it where two stand in a row, as on a phone. */
  isAlone: boolean;
  isText: boolean;
}

/** The drawing comes from our own server's templates, which escape what people wrote. */
function inside({ drawn, label }: Tile): TemplateResult {
  return drawn ? html`${unsafeHTML(drawn.html)}` : html`<section class="card-flat" aria-busy="true"><header><h2>${label}</h2></header></section>`;
}

function tile(each: Tile): TemplateResult {
  const { name, label, box } = each;
  const classes = [each.mark ? "is-new" : "", each.isChosen ? "is-chosen" : "", each.wrong ? "is-wrong" : "", each.drawn?.figure ? "is-figure" : "", each.isAlone ? "is-alone" : "", each.isText ? "is-words" : "", `at-h-${box.height}`];
  const place = say("build_card_at", { label, x: box.x + 1, y: box.y + 1, width: box.width, height: box.height });
  return html`<div class="board-card ${classes.filter(Boolean).join(" ")}"><div class="board-drawing at-h-${box.height}" inert>${inside(each)}</div>
    ${each.wrong ? html`<p class="board-wrong bad t-12">${icon("alert-circle")}<span class="clip">${each.wrong}</span></p>` : nothing}
    <div class="board-hit" role="button" tabindex="0" data-name=${name} aria-pressed=${each.isChosen} aria-label=${each.wrong ? `${place}. ${each.wrong}` : place}></div></div>`;
}

export function desk(tiles: Tile[]): TemplateResult {
  return html`<div class="grid-stack board-grid">${repeat(tiles, (each) => each.name, (each) => html`<div class="grid-stack-item" data-card=${each.name}><div class="grid-stack-item-content">${tile(each)}</div></div>`)}</div>`;
}

/** One below the other in the order in which they are read; two numbers share a row. */
export function phone(tiles: Tile[]): TemplateResult {
  return html`<div class="board-phone" data-cards>${repeat(tiles, (each) => each.name, tile)}</div>`;
}
