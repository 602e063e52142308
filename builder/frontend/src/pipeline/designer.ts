// <sartor-pipeline-designer data-definition="pipeline/deal">: stages in order, the moves between them, and what these ask and set.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { icon } from "@ui/dom";
import { toast } from "@ui/toast";
import { listed, say } from "@ui/words";
import { blank } from "../core/blank";
import { choose } from "../core/choose";
import { put, type Definition } from "../core/json";
import { free, pick } from "../core/labels";
import { inOrder } from "../core/orders";
import type { Shelf } from "../core/palette";
import { names } from "../panel/schema";
import type { Chosen, RowList } from "../rows/acts";
import { NOBODY, succession } from "../options/succession";
import { RowsDesigner } from "../rows/designer";
import { entryOf, mapOf, placedAs, without } from "../rows/entries";
import { drawGraph } from "./graph";
import { aloneAs, followedIn, forbidden, guarded, isFree, isPermitted, MOVES, pairsOf, permitted, permitting, STAGES, withoutStage, type Pair } from "./moves";
import { moveRow, stageRow } from "./row";
import { ending, newStage, OUTCOMES, outcomeOf, parted, toneOf, type Outcome } from "./stages";
import { drawTable } from "./table";

const OPEN = "open";
const ENDS = "ends";
/** So many pairs of a transition are offered one by one. */
const MOST_SINGLES = 12;
const SIGNS = { open: "circle-dot", won: "trophy", lost: "flag-off", invalid: "ban" };

export class SartorPipelineDesigner extends RowsDesigner {
  protected readonly group = STAGES;

  protected get lists(): RowList[] {
    const { open, ends } = parted(this.definition);
    return [
      { id: OPEN, map: STAGES, names: open },
      { id: ENDS, map: STAGES, names: ends },
      { id: MOVES, map: MOVES, names: inOrder(this.definition[MOVES]).map(([name]) => name) },
    ];
  }

  private of(id: string): RowList {
    return this.list(id) as RowList;
  }

  protected override get entity(): string {
    return String(this.definition.entity ?? "");
  }

  private outcomeText(outcome: Outcome): string {
    return say(`build_outcome_${outcome}`);
  }

  protected get shelves(): Shelf[] {
    const stages = OUTCOMES.map((each) => ({ key: each, text: this.outcomeText(each), icon: SIGNS[each], words: each }));
    const move = { key: MOVES, text: say("build_move"), icon: "arrow-right", hint: say("build_move_hint") };
    return [{ title: say("build_stages"), items: stages }, { title: say("build_moves"), items: [move] }];
  }

  protected kindOf(map: string): { text: string; icon: string } {
    if (map === MOVES) return { text: say("build_move"), icon: "arrow-right" };
    return map ? { text: say("build_stage"), icon: "circle-dot" } : { text: say("build_pipeline"), icon: "arrow-ramp-right" };
  }

  protected isInRecords(map: string): boolean {
    return map === STAGES;
  }

  protected override keyHint(map: string): string {
    return map === MOVES ? say("build_move_key_hint") : super.keyHint(map);
  }

  // ---- what is done with stages

  protected add(item: string, list?: string, index?: number): void {
    if (item === MOVES) return this.addMove();
    const outcome = OUTCOMES.find((each) => each === item);
    if (!outcome) return;
    const home = this.of(outcome === "open" ? OPEN : ENDS);
    const after = this.chosen?.map === STAGES ? home.names.indexOf(this.chosen.name) + 1 : 0;
    const name = free(outcome === "open" ? "stage" : outcome, Object.keys(mapOf(this.definition, STAGES)));
    const text = say("build_stage_added", { label: this.outcomeText(outcome) });
    const at = list === home.id && index !== undefined ? index : after || home.names.length;
    this.added({ map: STAGES, name }, this.placed(home, name, newStage(outcome), at), text);
  }

  /** Open stages stand before the ends, in the definition as on the canvas. */
  protected override placed(list: RowList, name: string, entry: Definition, index: number): Definition {
    if (list.map !== STAGES) return super.placed(list, name, entry, index);
    const { open, ends } = parted(this.definition);
    const before = open.filter((each) => each !== name).length;
    const wanted = list.id === ENDS ? before + index : Math.min(index, before);
    return placedAs(this.definition, STAGES, [...open, ...ends], { name, entry, index: wanted });
  }

  protected override carried(name: string, _from: RowList, to: RowList, index: number): void {
    const hasWon = this.of(ENDS).names.some((each) => outcomeOf(entryOf(this.definition, STAGES, each)) === "won");
    const outcome = to.id === OPEN ? "open" : hasWon ? "lost" : "won";
    const row = { map: STAGES, name };
    const text = say("build_stage_ends", { label: this.labelOf(row), outcome: this.outcomeText(outcome) });
    this.do(text, this.placed(to, name, ending(this.entry(row), outcome), index));
    this.say(text);
    this.focusRow(to.id, name);
  }

  protected async takeOut(row: Chosen): Promise<void> {
    const label = row.map === STAGES ? this.labelOf(row) : this.saidOf(row.name);
    const into = await this.meant(row, label);
    if (into === null) return;
    if (into === NOBODY) this.do(say("build_taken_out", { label }), row.map === STAGES ? withoutStage(this.definition, row.name) : this.withoutMove(row.name));
    this.say(say("build_taken_out", { label }));
  }

  private withoutMove(name: string): Definition {
    const rest = without(this.definition, MOVES, name);
    return isFree(rest) ? (put(rest, [MOVES], undefined) as Definition) : rest;
  }

  /** Asks before records lose their stage, and before the last move goes: null where it is not to go, else the stage
      that has taken over its records, empty for none. */
  private async meant(row: Chosen, label: string): Promise<string | null> {
    const isLast = row.map === MOVES && this.of(MOVES).names.length === 1;
    if (row.map === STAGES ? !this.isPublished(row) : !isLast) return NOBODY;
    if (!isLast) return this.stageLeaves(row, label);
    const answers = [{ value: "yes", text: say("build_take_out"), look: "primary" as const }, { value: "", text: say("cancel") }];
    return (await choose(say("build_take_out_title", { label }), html`<p>${say("build_last_move_means")}</p>`, answers)) === "yes" ? NOBODY : null;
  }

  /** The stage before it is offered first. */
  private stageLeaves(row: Chosen, label: string): Promise<string | null> {
    const { open, ends } = parted(this.definition);
    const all = [...open, ...ends];
    const at = all.indexOf(row.name);
    return succession(this.bench, { key: this.key, entry: row.name, label }, {
      heirs: all.filter((each) => each !== row.name).map((each) => [each, this.labelOf({ map: STAGES, name: each })]),
      others: [[NOBODY, say("build_stage_no_heir")]],
      likely: all[at - 1] ?? all[at + 1] ?? NOBODY,
      says: { count: (n) => (n ? say("build_stage_gone_count", { n }) : say("build_stage_empty_means")), heir: say("build_stage_heir") },
      isAsked: true,
    });
  }

  protected followed(definition: Definition, row: Chosen, name: string): Definition {
    return row.map === STAGES ? followedIn(definition, row.name, name) : definition;
  }

  // ---- what is done with moves

  private addMove(): void {
    const all = [...this.of(OPEN).names, ...this.of(ENDS).names];
    const from = this.chosen?.map === STAGES ? this.chosen.name : all[0];
    const to = all[all.indexOf(from ?? "") + 1] ?? all.find((each) => each !== from);
    if (!from || !to) return this.warn(say("build_two_stages"));
    const { pipeline, name } = guarded(this.definition, { from, to }, { label: { en: "New move", zh: "新流转" } });
    this.added({ map: MOVES, name }, pipeline, say("build_move_added"));
  }

  private said(pair: Pair): string {
    return say("build_move_from_to", { from: this.stageText(pair.from), to: this.stageText(pair.to) });
  }

  private turn = (pair: Pair, on: boolean): void => {
    const next = on ? permitted(this.definition, pair) : forbidden(this.definition, pair);
    if (!next) {
      this.warn(say("build_last_move"));
      return this.requestUpdate();
    }
    const text = say(on ? "build_permitted" : "build_forbidden", { move: this.said(pair) });
    this.do(text, next);
    this.say(text);
  };

  /** One pair of a transition gets conditions of its own. */
  private single(name: string, pair: Pair): void {
    const made = aloneAs(this.definition, name, pair);
    const text = say("build_move_alone", { move: this.said(pair) });
    this.do(text, made.pipeline);
    this.choose({ map: MOVES, name: made.name });
    this.say(text);
  }

  /** Pulled while every move is permitted, it is the first that is named: then the others are not. */
  private permit(pair: Pair): void {
    const isFirst = isFree(this.definition);
    if (!isFirst && isPermitted(this.definition, pair)) this.say(say("build_permitted", { move: this.said(pair) }));
    else this.turn(pair, true);
    if (isFirst) toast(say("build_first_move", { move: this.said(pair) }), "good");
    this.choosePair(pair);
  }

  /** The transition that permits a move; the next one where several do. */
  private choosePair(pair: Pair): void {
    const found = permitting(this.definition, pair);
    const at = this.chosen?.map === MOVES ? found.indexOf(this.chosen.name) : -1;
    const name = found[(at + 1) % found.length];
    if (name === undefined) return;
    this.choose({ map: MOVES, name });
    this.showPanel();
  }

  // ---- what is drawn

  protected override keyLine(row: Chosen): TemplateResult {
    return html`${super.keyLine(row)}${row.map === MOVES ? this.drawSingles(row.name) : nothing}`;
  }

  /** What holds for a transition holds for each of its pairs: one of them can stand by itself. */
  private drawSingles(name: string): TemplateResult | typeof nothing {
    const pairs = pairsOf(entryOf(this.definition, MOVES, name));
    if (pairs.length < 2 || pairs.length > MOST_SINGLES) return nothing;
    return html`<div class="field"><span class="label">${say("build_move_single")}</span><div class="row-flex wrap">${pairs.map((pair) => html`<button type="button" class="btn btn-default" data-single="${pair.from}>${pair.to}" @click=${() => this.single(name, pair)}>${this.stageText(pair.from)} → ${this.stageText(pair.to)}</button>`)}</div></div>`;
  }

  private stageText(name: string): string {
    return pick(entryOf(this.definition, STAGES, name).label) || name;
  }

  private saidOf(name: string): string {
    const move = entryOf(this.definition, MOVES, name);
    const list = (ends: string[]) => listed(ends.map((each) => this.stageText(each)));
    return `${list(names(move.from))} → ${list(names(move.to))}`;
  }

  protected override labelOf(row: Chosen): string {
    return pick(this.entry(row).label) || (row.map === MOVES ? this.saidOf(row.name) : row.name);
  }

  protected drawSheet(): TemplateResult {
    return html`${this.drawHead("arrow-ramp-right", say("build_pipeline_properties"))}
      ${this.drawStages(OPEN, say("build_open_stages"))}${this.drawStages(ENDS, say("build_ends"))}
      ${this.drawAdd(say("build_add_stage"))}
      <section class="stack moves-part" aria-labelledby="moves-head"><h2 id="moves-head">${say("build_moves")}</h2>
        ${isFree(this.definition) ? html`<p class="faint t-12">${say("build_all_moves")}</p>` : nothing}
        ${this.drawGraph()}<p class="faint t-12 only-desk">${say("build_graph_hint")}</p>
        ${this.drawMoves()}
        ${drawTable(this.definition, this.turn)}</section>`;
  }

  private drawStages(id: string, title: string): TemplateResult {
    const list = this.of(id);
    return html`<div class="stack"><h2 class="label">${title}</h2>
      <ul class="field-rows" role="listbox" aria-label=${title} data-rows=${id}>${repeat(list.names, (name) => name, (name, at) => this.drawStage(list, name, at))}</ul>
      ${list.names.length ? nothing : html`<p class="slot">${blank("build_no_stages")}</p>`}</div>`;
  }

  private drawStage(list: RowList, name: string, at: number): TemplateResult {
    const row = { map: STAGES, name };
    const entry = this.entry(row);
    const outcome = outcomeOf(entry);
    const first = this.definition.first ?? this.of(OPEN).names[0];
    return stageRow({ ...this.rowOf(list, row), tone: toneOf(entry, at, list.names.length), outcome: outcome === "open" ? "" : this.outcomeText(outcome), isFirst: first === name });
  }

  private rowOf(list: RowList, row: Chosen) {
    const isChosen = this.chosen?.map === row.map && this.chosen.name === row.name;
    return { name: row.name, entry: this.entry(row), isChosen, isStop: this.isStop(list, row.name), mark: this.mark(row), problems: this.problemsOf(row) };
  }

  private drawMoves(): TemplateResult {
    const list = this.of(MOVES);
    return html`<ul class="field-rows" role="listbox" aria-label=${say("build_moves")} data-rows=${MOVES} ?hidden=${!list.names.length}>${repeat(list.names, (name) => name, (name) => moveRow({ ...this.rowOf(list, { map: MOVES, name }), said: this.saidOf(name) }))}</ul>
      <p class="row-flex"><button type="button" class="btn btn-quiet" data-add-move @click=${() => this.addMove()}>${icon("plus")}${say("build_add_move")}</button></p>`;
  }

  private drawGraph(): TemplateResult {
    const row = this.chosen;
    return drawGraph({
      pipeline: this.definition,
      stage: row?.map === STAGES ? row.name : undefined,
      move: row?.map === MOVES ? row.name : undefined,
      chooseStage: (name) => this.choose({ map: STAGES, name }),
      choosePair: (pair) => this.choosePair(pair),
      permit: (pair) => this.permit(pair),
    });
  }
}

customElements.define("sartor-pipeline-designer", SartorPipelineDesigner);
