// <sartor-relations data-live>: entities as cards and what points from one to another as lines, by mouse, finger and keys.
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { icon, isTyping } from "@ui/dom";
import { say } from "@ui/words";
import { opening } from "../core/designer";
import { at, isObject } from "../core/json";
import { typesIn } from "../entity/fields";
import type { Around } from "../panel/panel";
import { entry } from "../sheet/schemas";
import { RelationActs } from "./acts";
import { drawGraph, drawTable, type Drawing } from "./draw";
import { shown } from "./filter";
import { BOX, layout, towards, type Graph, type Layout, type Spot } from "./layout";
import { pull } from "./pull";
import { side } from "./side";
import { tools, type Zoom } from "./tools";
import { Window } from "./window";

/** Below this scale no word of the diagram can be read. */
const FAR = 0.4;
const READABLE = 0.75;
const PHONE = 560;

export class SartorRelations extends RelationActs {
  @property({ attribute: "data-apps", type: Array }) apps: [string, string][] = [];
  @state() private isTable = false;
  @state() private size = { width: 800, height: 560 };
  private view = new Window();
  private seen: Graph = { cards: [], lines: [] };
  private where: Layout = layout(this.seen);
  private watcher = new ResizeObserver(([found]) => {
    if (found) this.size = { width: Math.max(200, found.contentRect.width), height: Math.max(200, found.contentRect.height) };
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.view.addEventListener("moved", () => this.requestUpdate());
    this.view.addEventListener("slid", () => this.slide());
    document.addEventListener("keydown", this.onPageKey);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("graph" as never) && !changed.has("wish" as never)) return;
    this.seen = shown(this.graph, this.wish);
    this.where = layout(this.seen);
    if (!this.where.spots.has(this.chosen)) this.chosen = "";
    if (this.line && !this.relation) this.line = this.successor();
    if (changed.has("wish" as never) || !(changed.get("graph" as never) as Graph | undefined)?.cards.length) this.fit(true);
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

  private get stop(): string {
    return this.chosen || (this.seen.cards[0]?.name ?? "");
  }

  // ---- what is done

  private choose = (name: string): void => {
    if (name !== this.chosen) this.bench.history.seal();
    this.chosen = name;
    this.line = "";
    if (name && !this.card(name)?.system) void this.opened(name);
  };

  private chooseLine = (key: string): void => {
    this.bench.history.seal();
    this.line = key;
    const found = this.relation;
    if (found) void this.opened(found.source);
  };

  /** Who is asked for a target looks at the cards. */
  private pointed = (): void => {
    if (!this.pulling) void this.updateComplete.then(() => this.showPanel());
  };

  protected override beside(name: string): string | undefined {
    return ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"].map((key) => towards(this.where.spots, name, key)).find(Boolean);
  }

  protected override focusOn(name: string): void {
    this.choose(name);
    const spot = this.where.spots.get(name);
    if (spot) this.view.reveal(spot, BOX, this.size.width, this.size.height);
    void this.updateComplete.then(() => this.querySelector<SVGGElement>(`[data-card="${CSS.escape(name)}"]`)?.focus());
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
    else if (event.key === "F2") this.openPanel();
    else if (event.key === "Delete" || event.key === "Backspace") void this.retireCard(name);
    else if (event.key.toLowerCase() === "l") this.ask(name);
    else if (event.key === "Escape" && this.pulling) this.focusOn(this.drop());
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private openPanel(): void {
    this.querySelector<HTMLElement>(".panel [id$='label-en']")?.focus();
  }

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
    if (document.querySelector("dialog[open]") || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" && (event.target as Element).closest?.(".panel")) this.focusOn(this.stop);
    else if (isTyping(event.target) || !this.zoomBy(event.key)) return;
    event.preventDefault();
  };

  private zoomBy(key: string): boolean {
    const how = ({ "+": "in", "=": "in", "-": "out", "0": "fit" } as const)[key];
    if (how) this.zoom(how);
    else if (key === "/") this.querySelector<HTMLInputElement>("[data-find]")?.focus();
    return Boolean(how) || key === "/";
  }

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
    return tools({
      wish: this.wish,
      apps: this.apps,
      making: this.making,
      isTable: this.isTable,
      found: () => void this.found(),
      show: (more) => (this.wish = { ...this.wish, ...more }),
      become: (kind) => (this.making = kind),
      asTable: (isTable) => (this.isTable = isTable),
      zoom: this.zoom,
    });
  }

  private zoom = (how: Zoom): void => {
    if (how === "fit") this.fit();
    else this.view.step(how === "in", this.size.width, this.size.height);
  };

  /** Entities in which something is wrong. */
  private get wrong(): ReadonlySet<string> {
    return new Set(this.bench.problems.flatMap(({ file = "" }) => (file.startsWith("entity/") ? [file.slice(7)] : [])));
  }

  private drawDiagram(): TemplateResult {
    const { x, y, scale } = this.view.part;
    const { width, height } = this.size;
    const drawing: Drawing = { graph: this.seen, layout: this.where, chosen: this.chosen, line: this.line, pulling: this.pulling, stop: this.stop, isFar: scale < FAR, wrong: this.wrong, choose: this.choose, chooseLine: this.chooseLine, pointed: this.pointed };
    return html`<div class="relations-box"><svg class="diagram" role="group" aria-label=${say("build_diagram_says", { n: this.seen.cards.length, of: this.seen.lines.length })} width=${width} height=${height} viewBox="${x} ${y} ${width / scale} ${height / scale}"
      @keydown=${this.onCardKey} @pointerdown=${this.onPress} @pointermove=${(event: PointerEvent) => this.view.follow(event, this.origin)} @pointerup=${(event: PointerEvent) => this.view.release(event)} @pointercancel=${(event: PointerEvent) => this.view.release(event)} @wheel=${this.onWheel} @dblclick=${this.onDouble}>${drawGraph(drawing)}<path class="pulled" data-pulled></path></svg>
      ${this.pulling ? html`<p class="note relations-asks">${icon("link")}<span class="grow">${say("build_choose_target", { label: this.card(this.pulling)?.label ?? "" })}</span></p>` : nothing}
      ${this.seen.cards.length ? nothing : html`<p class="note relations-asks">${say("no_hits")}</p>`}</div>`;
  }

  private onDouble = (event: Event): void => {
    const name = (event.target as Element).closest<SVGGElement>("[data-card]")?.dataset.card;
    if (name) void this.openEntity(name);
    else if (!(event.target as Element).closest("[data-line]") && !document.querySelector("dialog[open]")) void this.found();
  };

  private drawSide(): TemplateResult {
    const line = this.relation;
    const entity = this.entity(this.subject);
    const field = line && at(entity, ["fields", line.field]);
    return side({
      graph: this.graph,
      card: this.card(this.chosen),
      line,
      entity,
      field: isObject(field) ? field : undefined,
      kind: say(`build_kind_${this.making}`),
      hint: say(`build_hint_${this.making}`),
      schema: this.schema,
      fields: entry(this.reading, this.schema, "fields"),
      types: typesIn(this.reading, this.schema),
      around: this.around,
      chooseLine: this.chooseLine,
      point: (target) => void this.point(this.chosen, target),
      rename: (wanted) => void this.rename(wanted),
      retire: (which) => void (which ? this.retireLine(which) : this.retireCard(this.chosen)),
    });
  }

  private get around(): Around {
    const name = this.subject;
    return { reading: this.reading, world: this.world, file: `entity/${name}`, entity: name, problems: this.bench.problems, isChecked: this.bench.isChecked, edit: this.edit };
  }
}

customElements.define("sartor-relations", SartorRelations);
