// <sartor-relations data-graph>: entities as cards and what points from one to another as lines. Lookups are made, edited
// and retired here; all of it goes through the change set, as in the designers of the entities themselves.
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { icon, isTyping } from "@ui/dom";
import { ask } from "@ui/net";
import { say } from "@ui/words";
import { Designer, opening } from "../core/designer";
import { at, isObject, put, type Definition, type Definitions, type Json } from "../core/json";
import { retire } from "../entity/retire";
import type { Around } from "../panel/panel";
import { entry } from "../sheet/schemas";
import { drawGraph, drawTable, keyOf, type Drawing } from "./draw";
import { shown, type Wish } from "./filter";
import { BOX, layout, towards, type Card, type Graph, type Layout, type Line, type Spot } from "./layout";
import { KINDS, labelOf, owning, pointing, type Kind, type Made } from "./lookup";
import { pull } from "./pull";
import { side } from "./side";
import { Window } from "./window";

/** Below this scale no word of the diagram can be read. */
const FAR = 0.4;
const READABLE = 0.75;
const PHONE = 560;

export class SartorRelations extends Designer {
  @property({ attribute: "data-graph", type: Object }) graph: Graph = { cards: [], lines: [] };
  @property({ attribute: "data-apps", type: Array }) apps: [string, string][] = [];
  @state() private wish: Wish = { app: "", text: "", system: false };
  @state() private chosen = "";
  @state() private line = "";
  @state() private pulling = "";
  @state() private isTable = false;
  @state() private making: Kind = "lookup";
  @state() private size = { width: 800, height: 560 };
  private view = new Window();
  private seen: Graph = { cards: [], lines: [] };
  private where: Layout = layout(this.seen);
  private told: unknown;
  private watcher = new ResizeObserver(([found]) => {
    if (found) this.size = { width: Math.max(200, found.contentRect.width), height: Math.max(200, found.contentRect.height) };
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.view.addEventListener("moved", () => this.requestUpdate());
    this.view.addEventListener("slid", () => this.slide());
    this.bench.addEventListener("state", () => void this.follow());
    document.addEventListener("keydown", this.onPageKey);
  }

  /** All that was opened on the way, so that a problem in any of them is told here. */
  protected override get keys(): string[] {
    return this.isReady ? Object.keys(this.bench.documents) : [this.key];
  }

  /** Draws anew what has been kept. */
  private async follow(): Promise<void> {
    if (this.bench.state !== "kept" || this.told === this.bench.documents) return;
    const isFirst = this.told === undefined;
    this.told = this.bench.documents;
    if (isFirst) return;
    const answer = await ask(this.dataset.live ?? "");
    if (answer?.ok) this.graph = (await answer.json()) as Graph;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("graph") && !changed.has("wish" as never)) return;
    this.seen = shown(this.graph, this.wish);
    this.where = layout(this.seen);
    if (!this.where.spots.has(this.chosen)) this.chosen = "";
    if (changed.has("wish" as never) || !changed.get("graph")) this.fit(true);
  }

  protected override updated(changed: PropertyValues): void {
    const box = this.querySelector(".relations-box");
    if (box) this.watcher.observe(box);
    if (changed.has("size" as never)) this.fit(true);
    this.slide();
  }

  /** Pushes the picture as it was painted: hundreds of lines would not be drawn anew in the time of a frame. */
  private slide(): void {
    const { x, y } = this.view.slide;
    const diagram = this.querySelector<SVGSVGElement>(".diagram");
    if (diagram) diagram.style.transform = x || y ? `translate(${x}px, ${y}px)` : "";
  }

  /** isFirst: a phone begins with what can be read, not with the whole. */
  private fit(isFirst = false): void {
    const { width, height } = this.size;
    this.view.fit(this.where, width, height, isFirst && width < PHONE ? READABLE : undefined);
  }

  // ---- what is found

  private card(name: string): Card | undefined {
    return this.graph.cards.find((each) => each.name === name);
  }

  private get relation(): Line | undefined {
    return this.graph.lines.find((each) => keyOf(each) === this.line);
  }

  private get stop(): string {
    return this.chosen || (this.seen.cards[0]?.name ?? "");
  }

  private entity(name: string): Definition | undefined {
    return this.bench.documents[`entity/${name}`] ?? undefined;
  }

  private async opened(name: string): Promise<Definition> {
    return this.entity(name) ?? (await this.bench.open(`entity/${name}`)) ?? {};
  }

  // ---- what is done

  private choose = (name: string): void => {
    this.chosen = name;
    this.line = "";
  };

  private chooseLine = (key: string): void => {
    this.line = key;
    const found = this.relation;
    if (found) void this.opened(found.source).then(() => this.requestUpdate());
  };

  private focusOn(name: string): void {
    this.choose(name);
    const spot = this.where.spots.get(name);
    if (spot) this.view.reveal(spot, BOX, this.size.width, this.size.height);
    void this.updateComplete.then(() => this.querySelector<SVGGElement>(`[data-card="${CSS.escape(name)}"]`)?.focus());
  }

  private async point(source: string, target: string): Promise<void> {
    this.pulling = "";
    if (this.card(source)?.system) return this.warn(say("build_system_fixed"));
    const { made, edits } = this.making === "children" ? await this.withLines(source, target) : await this.withPointer(source, target);
    if (!made) return;
    const text = say("build_relation_made", { kind: this.kindText(this.making), from: this.card(source)?.label ?? source, to: this.card(target)?.label ?? target });
    this.bench.change(text, edits);
    this.chosen = source;
    this.line = `${source}#${made.name}#${target}`;
    this.say(text);
    await this.bench.keep();
  }

  private async withPointer(source: string, target: string): Promise<{ made: Made; edits: Definitions }> {
    const [entity, other] = await Promise.all([this.opened(source), this.drafts.get(`entity/${target}`)]);
    const made = pointing(entity, target, other?.document.label, this.making);
    return { made, edits: { [`entity/${source}`]: made.entity } };
  }

  /** Lines belong to one record: nothing can be a line of itself, and people are nobody's lines. */
  private async withLines(source: string, target: string): Promise<{ made?: Made; edits: Definitions }> {
    if (source === target || this.card(target)?.system) {
      this.warn(say("build_no_lines", { label: this.card(target)?.label ?? target }));
      return { edits: {} };
    }
    const [parent, lines] = await Promise.all([this.opened(source), this.opened(target)]);
    const made = owning({ name: source, entity: parent }, { name: target, entity: lines });
    return { made: made.parent, edits: { [`entity/${source}`]: made.parent.entity, [`entity/${target}`]: made.lines } };
  }

  private kindText(kind: Kind): string {
    return say(`build_kind_${kind}`);
  }

  private edit = (path: string[], value: Json | undefined, merge?: string): void => {
    const { source, field } = this.relation ?? { source: "", field: "" };
    const entity = this.entity(source);
    if (!entity) return;
    const label = labelOf(entity, field);
    this.bench.change(say("build_edited", { label }), { [`entity/${source}`]: put(entity, path, value) as Definition }, merge ? { merge } : {});
  };

  private async retire(): Promise<void> {
    const found = this.relation;
    if (!found || !(await retire(this.bench, { key: `entity/${found.source}`, field: found.field, label: found.label, isNew: found.is_new }))) return;
    this.line = "";
    await this.bench.keep();
    this.focusOn(found.source);
  }

  private async openEntity(name: string): Promise<void> {
    await this.bench.keep();
    if (this.bench.state === "kept") location.assign(this.card(name)?.url ?? "");
  }

  // ---- keys and hands

  private onCardKey = (event: KeyboardEvent): void => {
    const name = (event.target as Element).closest<SVGGElement>("[data-card]")?.dataset.card;
    if (!name || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = towards(this.where.spots, name, event.key);
    if (next) this.focusOn(next);
    else if (event.key === "Enter") void (this.pulling && this.pulling !== name ? this.point(this.pulling, name) : this.openEntity(name));
    else if (event.key.toLowerCase() === "l") this.ask(name);
    else if (event.key === "Escape" && this.pulling) this.focusOn(this.drop());
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private ask(name: string): void {
    this.pulling = name;
    this.say(say("build_choose_target", { label: this.card(name)?.label ?? name }));
  }

  private drop(): string {
    const from = this.pulling;
    this.pulling = "";
    return from;
  }

  private onPageKey = (event: KeyboardEvent): void => {
    if (document.querySelector("dialog[open]") || isTyping(event.target) || event.ctrlKey || event.metaKey) return;
    const { width, height } = this.size;
    if (event.key === "+" || event.key === "=") this.view.step(true, width, height);
    else if (event.key === "-") this.view.step(false, width, height);
    else if (event.key === "0") this.fit();
    else if (event.key === "/") this.querySelector<HTMLInputElement>("[data-find]")?.focus();
    else if (event.key === "Escape" && (event.target as Element).closest?.(".panel")) this.focusOn(this.stop);
    else return;
    event.preventDefault();
  };

  private place = ({ clientX, clientY }: PointerEvent): Spot => {
    const { x, y, scale } = this.view.part;
    const origin = this.origin;
    return { x: x + (clientX - origin.x) / scale, y: y + (clientY - origin.y) / scale };
  };

  private get origin(): Spot {
    const box = this.querySelector(".relations-box")?.getBoundingClientRect();
    return { x: box?.left ?? 0, y: box?.top ?? 0 };
  }

  private onPress = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const from = (event.target as Element).closest<SVGGElement>("[data-card]")?.dataset.card;
    if (from) return pull(event, { from, place: this.place, line: this.querySelector<SVGPathElement>("[data-pulled]"), made: (to) => void this.point(from, to) });
    if ((event.target as Element).closest("[data-line]")) return;
    this.view.press(event);
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
  };

  private onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const { x, y } = this.origin;
    this.view.zoom(Math.exp(-event.deltaY / 500), { x: event.clientX - x, y: event.clientY - y });
  };

  // ---- what is drawn

  protected override render(): TemplateResult {
    if (!this.isReady) return opening();
    return html`<section class="main canvas relations" aria-label=${say("build_canvas")}>${this.drawTools()}${this.isTable ? drawTable(this.seen, this.chooseLine) : this.drawDiagram()}${this.elsewhere()}</section>
      <aside class="panel" aria-label=${say("build_properties")}>${this.drawSide()}</aside>
      <div class="sr" aria-live="assertive" data-says></div>`;
  }

  private drawTools(): TemplateResult {
    const wish = (more: Partial<Wish>) => (this.wish = { ...this.wish, ...more });
    const { width, height } = this.size;
    const zoom = (name: string, sign: TemplateResult | SVGSVGElement, act: () => void) => html`<button type="button" class="btn btn-default btn-icon" data-zoom=${name} aria-label=${say(`build_zoom_${name}`)} title=${say(`build_zoom_${name}`)} @click=${act}>${sign}</button>`;
    return html`<div class="row-flex wrap relations-tools">
      <input class="form-control" type="search" data-find aria-label=${say("build_find_entity")} placeholder=${say("build_find_entity")} .value=${this.wish.text} @input=${(event: Event) => wish({ text: (event.target as HTMLInputElement).value })}>
      <select class="form-select" data-app aria-label=${say("build_app")} @change=${(event: Event) => wish({ app: (event.target as HTMLSelectElement).value })}><option value="">${say("build_all_apps")}</option>${this.apps.map(([name, label]) => html`<option value=${name}>${label}</option>`)}</select>
      <label class="check"><input type="checkbox" class="form-check-input" data-system .checked=${this.wish.system} @change=${(event: Event) => wish({ system: (event.target as HTMLInputElement).checked })}>${say("build_with_people")}</label>
      <label class="row-flex"><span class="faint t-12">${say("build_new_relation")}</span><select class="form-select" data-kind @change=${(event: Event) => (this.making = (event.target as HTMLSelectElement).value as Kind)}>${KINDS.map((each) => html`<option value=${each} .selected=${each === this.making}>${this.kindText(each)}</option>`)}</select></label>
      <span class="push"></span>
      <div class="seg" role="group" aria-label=${say("build_shown_as")}><button type="button" data-as="diagram" aria-pressed=${!this.isTable} @click=${() => (this.isTable = false)}>${icon("schema")}${say("build_diagram")}</button><button type="button" data-as="table" aria-pressed=${this.isTable} @click=${() => (this.isTable = true)}>${icon("list-details")}${say("build_as_list")}</button></div>
      ${this.isTable ? nothing : html`<span class="row-flex">${zoom("out", icon("minus"), () => this.view.step(false, width, height))}${zoom("in", icon("plus"), () => this.view.step(true, width, height))}${zoom("fit", icon("maximize"), () => this.fit())}</span>`}</div>`;
  }

  private drawDiagram(): TemplateResult {
    const { x, y, scale } = this.view.part;
    const { width, height } = this.size;
    const drawing: Drawing = { graph: this.seen, layout: this.where, chosen: this.chosen, line: this.line, pulling: this.pulling, stop: this.stop, isFar: scale < FAR, choose: this.choose, chooseLine: this.chooseLine };
    return html`<div class="relations-box"><svg class="diagram" role="group" aria-label=${say("build_diagram_says", { n: this.seen.cards.length, of: this.seen.lines.length })} width=${width} height=${height} viewBox="${x} ${y} ${width / scale} ${height / scale}"
      @keydown=${this.onCardKey} @pointerdown=${this.onPress} @pointermove=${(event: PointerEvent) => this.view.follow(event, this.origin)} @pointerup=${(event: PointerEvent) => this.view.release(event)} @pointercancel=${(event: PointerEvent) => this.view.release(event)} @wheel=${this.onWheel} @dblclick=${this.onDouble}>${drawGraph(drawing)}<path class="pulled" data-pulled></path></svg>
      ${this.pulling ? html`<p class="note relations-asks">${icon("link")}<span class="grow">${say("build_choose_target", { label: this.card(this.pulling)?.label ?? "" })}</span></p>` : nothing}
      ${this.seen.cards.length ? nothing : html`<p class="note relations-asks">${say("no_hits")}</p>`}</div>`;
  }

  private onDouble = (event: Event): void => {
    const name = (event.target as Element).closest<SVGGElement>("[data-card]")?.dataset.card;
    if (name) void this.openEntity(name);
  };

  private drawSide(): TemplateResult {
    const line = this.relation;
    const entity = line && this.entity(line.source);
    const field = line && at(entity, ["fields", line.field]);
    return side({
      graph: this.graph,
      card: this.card(this.chosen),
      line,
      field: isObject(field) ? field : undefined,
      kind: this.kindText(this.making),
      hint: say(`build_hint_${this.making}`),
      schema: entry(this.reading, this.schema, "fields"),
      around: this.around,
      chooseLine: this.chooseLine,
      point: (target) => void this.point(this.chosen, target),
      retire: () => void this.retire(),
    });
  }

  private get around(): Around {
    const source = this.relation?.source ?? "";
    return { reading: this.reading, world: this.world, file: `entity/${source}`, entity: source, problems: this.bench.problems, isChecked: this.bench.isChecked, edit: this.edit };
  }
}

customElements.define("sartor-relations", SartorRelations);
