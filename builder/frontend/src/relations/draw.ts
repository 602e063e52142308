// The diagram as SVG: lines under cards, drawn with attributes alone; and the same as a table of words.
import { html, nothing, svg, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { icon } from "@ui/dom";
import { listed, say } from "@ui/words";
import { BOX, waysOf, type Card, type Graph, type Layout, type Line, type Spot, type Way } from "./layout";

export interface Drawing {
  graph: Graph;
  layout: Layout;
  chosen: string;
  line: string;
  /** The card from which a lookup is being made. */
  pulling: string;
  stop: string;
  /** Seen from so far away that no words can be read: then there are none but the titles. */
  isFar: boolean;
  /** Entities in which something is wrong. */
  wrong: ReadonlySet<string>;
  choose(name: string): void;
  chooseLine(key: string): void;
  /** A card or a line was pointed at: what is known of it is looked at next. */
  pointed(): void;
}

const ROOM = 18;

export function keyOf(line: Line): string {
  return `${line.source}#${line.field}#${line.target}`;
}

/** As much of a label as a card has room for; Chinese takes two columns. */
export function shortened(text: string, room = ROOM): string {
  let left = room;
  let kept = "";
  for (const letter of text) {
    left -= letter > "\u2e80" ? 2 : 1;
    if (left < 0) return `${kept.trimEnd()}…`;
    kept += letter;
  }
  return kept;
}

export function cardinality({ ends }: Line): string {
  if (ends[0] === "1") return say("build_one_to_many");
  return say(ends[1] === "n" ? "build_many_to_many" : "build_many_to_one");
}

/** Drawn anew only where something of it is another; moving about and zooming leave it alone. */
export function drawGraph(drawing: Drawing) {
  const { graph, layout, chosen, line, pulling, stop, isFar, wrong } = drawing;
  return guard([graph, layout, chosen, line, pulling, stop, isFar, [...wrong].join(" ")], () => drawAll(drawing));
}

function drawAll(drawing: Drawing) {
  const { graph, layout, line: chosenLine } = drawing;
  const ways = waysOf(graph.lines, layout.spots);
  const lines = graph.lines.map((line, number) => ({ line, way: ways[number] }));
  const weight = ({ line }: { line: Line }) => (keyOf(line) === chosenLine ? 2 : Number(touches(drawing, line)));
  return svg`${[...lines].sort((a, b) => weight(a) - weight(b)).map(({ line, way }) => (way ? drawLine(drawing, line, way) : nothing))}
    ${repeat(graph.cards, (card) => card.name, (card) => drawCard(drawing, card, layout.spots.get(card.name)))}`;
}

function touches({ chosen }: Drawing, { source, target }: Line): boolean {
  return chosen === source || chosen === target;
}

function drawLine(drawing: Drawing, line: Line, way: Way) {
  const isOn = drawing.line ? keyOf(line) === drawing.line : touches(drawing, line);
  const classes = ["relation", isOn ? "is-on" : drawing.chosen || drawing.line ? "is-off" : "", line.is_new ? "is-new" : ""].filter(Boolean).join(" ");
  return svg`<g class=${classes} data-line=${keyOf(line)} @click=${() => (drawing.chooseLine(keyOf(line)), drawing.pointed())}>${drawing.isFar ? nothing : svg`<path class="reach" d=${way.d}></path>`}<path d=${way.d}></path>
    ${drawing.isFar ? nothing : way.ends.map((spot, end) => svg`<text x=${spot.x} y=${spot.y}>${line.ends[end]}</text>`)}<title>${line.label} · ${cardinality(line)}</title></g>`;
}

function drawCard({ chosen, stop, pulling, isFar, wrong, choose, pointed }: Drawing, card: Card, spot: Spot | undefined) {
  if (!spot) return nothing;
  const classes = ["node", chosen === card.name ? "is-chosen" : "", pulling === card.name ? "is-pulling" : "", card.mark ? `is-${card.mark}` : "", wrong.has(card.name) ? "is-wrong" : ""].filter(Boolean).join(" ");
  const count = say("build_field_count", { n: card.fields });
  return svg`<g class=${classes} data-card=${card.name} transform="translate(${spot.x} ${spot.y})" role="button" tabindex=${stop === card.name ? 0 : -1} aria-pressed=${chosen === card.name} @focus=${() => choose(card.name)} @click=${pointed}>
    <title>${listed([card.label, count, card.mark ? say("build_not_published") : "", wrong.has(card.name) ? say("build_card_wrong") : ""].filter(Boolean))}</title><rect width=${BOX.width} height=${BOX.height} rx="8"></rect>${isFar ? nothing : svg`${signOf(card)}<text class="label" x="44" y="23">${shortened(card.short)}</text><text class="count" x="44" y="40">${card.short === card.label ? count : shortened(card.name)}</text>`}</g>`;
}

function signOf(card: Card): SVGSVGElement {
  const sign = icon(card.icon);
  for (const [name, value] of Object.entries({ x: 14, y: 16, width: 20, height: 20 })) sign.setAttribute(name, String(value));
  return sign;
}

/** Every relation in words: the same for whoever cannot see or point. */
export function drawTable({ cards, lines }: Graph, choose: (key: string) => void): TemplateResult {
  const label = (name: string) => cards.find((each) => each.name === name)?.label ?? name;
  return html`<div class="list-wrap sheet relations-table" tabindex="0" role="region" aria-label=${say("build_relations")}><table class="list" aria-label=${say("build_relations")}>
    <thead><tr><th scope="col">${say("build_entity")}</th><th scope="col">${say("build_field")}</th><th scope="col">${say("build_points_to")}</th><th scope="col">${say("build_cardinality")}</th></tr></thead>
    <tbody>${lines.map((line) => html`<tr><td>${label(line.source)}</td><td><button type="button" class="btn btn-quiet" data-relation=${keyOf(line)} @click=${() => choose(keyOf(line))}>${line.label}${line.is_new ? html`<span class="draft is-small">${say("build_not_published")}</span>` : nothing}</button></td><td>${label(line.target)}</td><td>${cardinality(line)}</td></tr>`)}</tbody></table>
    ${lines.length ? nothing : html`<p class="faint">${say("build_no_relations")}</p>`}</div>`;
}
