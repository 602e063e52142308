// The graph of permitted moves. Pulling a line from one stage to another permits that move; the table beside holds the same.
import { html, nothing, svg, type TemplateResult } from "lit";
import { say } from "@ui/words";
import { heldBack, rest } from "../core/resting";
import { pick } from "../core/labels";
import { entryOf, mapOf } from "../rows/entries";
import type { Definition } from "../core/json";
import { BOX, layout, pathOf } from "./layout";
import { isFree, isPermitted, MOVES, pairsOf, STAGES, type Pair } from "./moves";
import { parted, toneOf } from "./stages";

export interface Graph {
  pipeline: Definition;
  /** The stage or the transition whose lines stand out. */
  stage: string | undefined;
  move: string | undefined;
  chooseStage(name: string): void;
  choosePair(pair: Pair): void;
  permit(pair: Pair): void;
}

export function drawGraph(graph: Graph): TemplateResult {
  const { pipeline } = graph;
  const { open, ends } = parted(pipeline);
  const all = [...open, ...ends];
  const pairs = all.flatMap((from) => all.filter((to) => to !== from).map((to) => ({ from, to }))).filter((pair) => isPermitted(pipeline, pair));
  const where = layout(open, ends, pairs);
  const label = (name: string) => pick(entryOf(pipeline, STAGES, name).label) || name;
  const lines = pairs.sort((a, b) => Number(standsOut(graph, a)) - Number(standsOut(graph, b)));
  const sentence = isFree(pipeline) ? say("build_all_moves") : say("build_graph_says", { n: pairs.length, of: all.length });
  return html`<div class="graph-box" tabindex="0" role="region" aria-label=${say("build_graph")}><svg class="graph ${isFree(pipeline) ? "is-free" : ""}" role="img" aria-label="${say("build_graph")}: ${sentence}" viewBox="0 0 ${where.width} ${where.height}" width=${where.width} height=${where.height} @pointerdown=${(event: PointerEvent) => press(event, graph)} @touchmove=${heldBack}>
    <defs>${["", "-on", "-off"].map((end) => svg`<marker id="arrow${end}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse" markerUnits="userSpaceOnUse"><path d="M 0 0.5 L 7.5 4 L 0 7.5 z"></path></marker>`)}</defs>
    ${lines.map((pair) => drawLine(graph, pair, pathOf(pair, where.spots), `${label(pair.from)} → ${label(pair.to)}`))}
    ${all.map((name) => {
      const spot = where.spots.get(name);
      const tone = toneOf(entryOf(pipeline, STAGES, name), open.indexOf(name), open.length);
      return spot ? svg`<g class="node ${graph.stage === name ? "is-chosen" : ""}" data-stage=${name} transform="translate(${spot.x} ${spot.y})"><rect width=${BOX.width} height=${BOX.height} rx="6"></rect><circle class=${tone} cx="16" cy=${BOX.height / 2} r="4"></circle><text x="28" y=${BOX.height / 2 + 4.5}>${shortened(label(name))}</text><title>${label(name)}</title></g>` : nothing;
    })}
    <path class="pulled" data-pulled></path></svg></div>`;
}

function standsOut({ pipeline, stage, move }: Graph, pair: Pair): boolean {
  if (move) return pairsOf(entryOf(pipeline, MOVES, move)).some((each) => each.from === pair.from && each.to === pair.to);
  return stage !== undefined && pair.from === stage;
}

function drawLine(graph: Graph, pair: Pair, path: string, text: string) {
  const isOn = standsOut(graph, pair);
  const some = graph.stage !== undefined || graph.move !== undefined;
  return svg`<g class="line ${isOn ? "is-on" : some ? "is-off" : ""}" data-from=${pair.from} data-to=${pair.to} @click=${() => graph.choosePair(pair)}><path class="reach" d=${path}></path><path d=${path} marker-end="url(#arrow${isOn ? "-on" : some ? "-off" : ""})"></path><title>${text}</title></g>`;
}

/** As much of a label as a box has room for; Chinese takes two columns. */
function shortened(text: string): string {
  let room = 15;
  let kept = "";
  for (const letter of text) {
    room -= letter > "\u2e80" ? 2 : 1;
    if (room < 0) return `${kept.trimEnd()}…`;
    kept += letter;
  }
  return kept;
}

function press(down: PointerEvent, graph: Graph): void {
  const node = (down.target as Element).closest<SVGGElement>("[data-stage]");
  const from = node?.dataset.stage;
  if (!node || !from || down.button !== 0) return;
  if (down.pointerType === "touch") rest(down, node, { held: () => pull(down, node, graph), tapped: () => graph.chooseStage(from) });
  else pull(down, node, graph);
}

/** A line is pulled from a stage; let go over another one it is a move, over the same one it chooses. */
function pull(down: PointerEvent, node: SVGGElement, graph: Graph): void {
  const from = node.dataset.stage;
  const drawing = node.ownerSVGElement;
  if (!from || !drawing) return;
  const line = drawing.querySelector<SVGPathElement>("[data-pulled]");
  const start = inside(drawing, down);
  const follow = (event: PointerEvent) => {
    const end = inside(drawing, event);
    line?.setAttribute("d", `M ${start.x} ${start.y} L ${end.x} ${end.y}`);
  };
  const letGo = (event: PointerEvent) => {
    stop();
    const to = document.elementFromPoint(event.clientX, event.clientY)?.closest<SVGGElement>("[data-stage]")?.dataset.stage;
    if (to === from) graph.chooseStage(from);
    else if (to && to in mapOf(graph.pipeline, STAGES)) graph.permit({ from, to });
  };
  const stop = () => {
    line?.removeAttribute("d");
    window.removeEventListener("pointermove", follow);
    window.removeEventListener("pointerup", letGo);
    window.removeEventListener("pointercancel", stop);
  };
  down.preventDefault();
  window.addEventListener("pointermove", follow);
  window.addEventListener("pointerup", letGo);
  window.addEventListener("pointercancel", stop);
}

function inside(drawing: SVGSVGElement, { clientX, clientY }: PointerEvent): DOMPoint {
  return new DOMPoint(clientX, clientY).matrixTransform(drawing.getScreenCTM()?.inverse());
}
