// <sartor-view-designer data-definition="view/deal.all">: columns dragged into order, on live records of what is published.
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import { blank } from "../core/blank";
import { at, isObject, put, same, type Definition, type Json } from "../core/json";
import { pick } from "../core/labels";
import type { Item, Shelf } from "../core/palette";
import { sortable, type Dropped } from "../core/sorting";
import { ordering, termsOf, type Term } from "../panel/ordering";
import type { TypeAbout } from "../panel/schema";
import { Arranger, type Subject } from "../sheet/arranger";
import { entry, lacking, part } from "../sheet/schemas";
import { retireWhole } from "../sheet/whole";
import { added, columnsOf, moved, pathOf, retyped, sorted, without } from "./columns";
import { drawn, lanes, table, type Canvas, type Drawn } from "./draw";
import { pressed, roam, settle } from "./drawn";
import { Looker } from "./live";

interface FieldItem extends Item {
  label: string;
  sorts: boolean;
}

/** How types of view say that their records stand in lanes, or in rows. */
const [LANES, ROWS] = ["lanes", "rows"];

export class SartorViewDesigner extends Arranger {
  @property({ attribute: "data-shelves", type: Array }) fields: { title: string; items: FieldItem[] }[] = [];
  /** Which part of the records a canvas shows that the type draws itself. */
  private place = "";
  private looker = new Looker(() => `${this.dataset.live ?? ""}${this.place}`);
  /** Which button of such a canvas asked for another part: it has the focus again when the answer is there. */
  private asked = -1;
  private list: HTMLElement | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.looker.addEventListener("told", () => this.requestUpdate());
  }

  protected get order(): string[] {
    return columnsOf(this.definition).map(([key]) => key);
  }

  protected get shelves(): Shelf[] {
    return this.fields;
  }

  private get items(): FieldItem[] {
    return this.fields.flatMap((each) => each.items);
  }

  private get types(): TypeAbout[] {
    return this.reading.types(part(this.reading, this.schema, "type"));
  }

  private get type(): TypeAbout | undefined {
    return this.types.find((each) => each.key === this.definition.type);
  }

  /** Records are cards then, and columns are what stands on one. */
  private get hasCards(): boolean {
    return (this.type?.canvas ?? ROWS) !== ROWS;
  }

  protected override get entity(): string {
    return String(this.definition.entity ?? "");
  }

  private column(key: string): Definition {
    const found = at(this.definition, ["columns", key]);
    return isObject(found) ? found : {};
  }

  private called(key: string): string {
    const path = pathOf(key, this.column(key));
    return pick(this.column(key).label) || this.items.find((each) => each.key === path)?.label || path;
  }

  // ---- what is done

  protected add(path: string, index?: number): void {
    const after = this.chosen ? this.order.indexOf(this.chosen) + 1 : this.order.length;
    const made = added(this.definition, path, index ?? after);
    const text = say(this.hasCards ? "build_card_field_added" : "build_column_added", { label: this.items.find((each) => each.key === path)?.label ?? path });
    this.do(text, made.view);
    this.choose(made.name);
    this.say(text);
    this.focusOn(made.name);
  }

  private move(name: string, index: number): void {
    const view = moved(this.definition, name, index);
    if (same(view, this.definition)) return;
    const label = this.called(name);
    this.do(say("build_field_moved", { label }), view);
    this.say(say("build_moved_to", { label, n: this.order.indexOf(name) + 1, of: this.order.length }));
    this.focusOn(name);
  }

  protected moveBy(name: string, by: number): void {
    this.move(name, this.order.indexOf(name) + by);
  }

  protected takeOut(name: string): void {
    this.leave(name, say(this.hasCards ? "build_card_field_off" : "build_column_off", { label: this.called(name) }), without(this.definition, name));
  }

  protected edit(path: string[], value: Json | undefined, merge?: string): void {
    const isType = path.length === 1 && path[0] === "type" && typeof value === "string";
    const view = isType ? retyped(this.definition, value) : (put(this.definition, path, value) as Definition);
    const label = path[0] === "columns" && path[1] ? this.called(path[1]) : pick(this.definition.label);
    this.do(say("build_edited", { label }), view, merge);
  }

  private sort(terms: Term[]): void {
    this.do(say("build_sorted"), sorted(this.definition, terms));
  }

  protected retire(): Promise<void> {
    return retireWhole(this.bench, { key: this.key, definition: this.definition, isNew: this.published === null, list: this.dataset.list ?? ".." });
  }

  private drop = (dropped: Dropped): void => {
    if (dropped.added !== undefined) this.add(dropped.added, dropped.index);
    else if (dropped.moved?.dataset.name) this.move(dropped.moved.dataset.name, dropped.index);
  };

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (!this.isReady) return;
    this.looker.follow(this.definition);
    this.settleDrawn();
    const list = this.querySelector<HTMLElement>("[data-columns]");
    if (!list || list === this.list) return;
    this.list = list;
    sortable(list, this.dragGroup, "[data-name]", this.drop);
  }

  // ---- a canvas that the type draws itself

  private settleDrawn(): void {
    const canvas = this.querySelector("[data-drawn]");
    if (!canvas) return;
    settle(canvas, this.chosen);
    if (this.asked >= 0) [...canvas.querySelectorAll<HTMLElement>("[data-place]")][this.asked]?.focus();
    this.asked = -1;
  }

  private readonly onDrawn = {
    key: (event: KeyboardEvent) => {
      if (roam(event)) event.preventDefault();
    },
    press: (event: Event) => {
      const to = pressed(event);
      if (to?.place !== undefined) this.turnTo(to.place, event);
      else if (to?.column && this.order.includes(to.column)) {
        this.choose(to.column);
        this.openPanel();
      } else if (to) {
        this.choose(null);
        this.openPanel(`#p-options-${to.option}`);
      }
    },
  };

  private turnTo(place: string, event: Event): void {
    const buttons = [...(event.currentTarget as Element).querySelectorAll("[data-place]")];
    this.asked = buttons.indexOf((event.target as Element).closest("[data-place]") as Element);
    this.place = place;
    this.looker.again();
  }

  // ---- what is drawn

  protected get subject(): Subject {
    const name = this.chosen;
    if (name !== null) return { title: this.called(name), about: say(this.hasCards ? "build_card_field" : "build_column"), icon: "columns", schema: lacking(entry(this.reading, this.schema, "columns"), []), value: this.column(name), path: ["columns", name] };
    const schema = lacking(this.schema, ["columns", "sort", "entity"]);
    return { title: pick(this.definition.label), about: pick(this.type?.label), icon: this.type?.icon ?? "list", schema, value: this.definition, path: [] };
  }

  protected override below(): TemplateResult | typeof nothing {
    if (this.chosen !== null) return nothing;
    const offered = this.items.filter((each) => each.sorts).map((each): [string, string] => [each.key, each.label]);
    return ordering({ terms: termsOf(this.definition), offered, change: (terms) => this.sort(terms) });
  }

  private drawn(key: string, column: Definition): Drawn {
    const path = pathOf(key, column);
    const before = at(this.published ?? undefined, ["columns", key]);
    const shown = this.looker.live?.columns.find((each) => each.key === key);
    const term = termsOf(this.definition).find((each) => each.path === path);
    return {
      key,
      label: this.called(key),
      icon: this.items.find((each) => each.key === path)?.icon ?? "help",
      isChosen: this.chosen === key,
      isStop: this.stop === key,
      isNumber: shown?.is_number ?? false,
      isThere: shown?.is_there ?? true,
      mark: before === undefined ? "new" : same(before, column) ? "" : "edited",
      wrong: this.wrongAt(`/columns/${key}`),
      sort: term ? (term.descending ? "desc" : "asc") : "",
    };
  }

  private get canvas(): Canvas {
    const { live } = this.looker;
    const places = new Map((live?.columns ?? []).map((each, place) => [each.key, place]));
    return { columns: columnsOf(this.definition).map(([key, column]) => this.drawn(key, column)), live, cell: (row, key) => row[places.get(key) ?? -1] ?? "" };
  }

  protected drawSheet(): TemplateResult {
    const label = pick(this.definition.label);
    const { live } = this.looker;
    return html`<div class="sheet stack-4 view-sheet">
      <div class="row-flex wrap"><button type="button" class="entity-head grow ${this.chosen === null ? "is-chosen" : ""}" aria-pressed=${this.chosen === null} @click=${() => this.choose(null)}>
        <span class="kind">${icon(this.type?.icon ?? "list")}</span><span class="two-lines"><b>${label}</b><span class="faint t-12">${say("build_view_properties")}</span></span>${icon("adjustments")}</button>
        <div class="seg" role="group" aria-label=${say("build_shown_as")}>${this.types.map((each) => html`<button type="button" data-type=${each.key} aria-pressed=${each.key === this.definition.type} @click=${() => this.edit(["type"], each.key)}>${icon(each.icon)}${pick(each.label)}</button>`)}</div></div>
      ${this.drawFilter()}
      ${(live?.notes ?? []).map((note) => html`<p class="note note-warn">${icon("info-circle")}<span class="grow">${note}</span></p>`)}
      <div @keydown=${this.onItemKey} @click=${this.onItemClick}>${this.drawRecords(label)}</div>
      ${this.order.length ? nothing : html`<p class="slot">${blank("build_no_columns")}</p>`}
      <p class="row-flex"><button type="button" class="btn btn-quiet" data-add @click=${() => this.palette?.find()}>${icon("plus")}${say(this.hasCards ? "build_add_card_field" : "build_add_column")}<kbd class="only-desk">/</kbd></button><span class="push faint t-12">${live?.rows.length && live.count ? say("build_first_rows", { n: live.rows.length, count: live.count }) : nothing}</span></p>
      ${this.elsewhere()}
    </div>`;
  }

  /** Rows also where a type that draws by itself cannot: its options do not fit what is published. */
  private drawRecords(label: string): TemplateResult {
    if (this.type?.canvas === LANES) return lanes(this.canvas, label);
    return this.hasCards && this.looker.live?.drawn ? drawn(this.canvas, label, this.onDrawn) : table(this.canvas, label);
  }

  private drawFilter(): TemplateResult {
    const text = typeof this.definition.filter === "string" ? this.definition.filter : "";
    const said = same(this.looker.of.filter, this.definition.filter) ? (this.looker.live?.filter ?? []) : [];
    const open = () => {
      this.choose(null);
      this.openPanel("#p-filter");
    };
    return html`<div class="sentence" data-filter>${icon("filter")}<span>${text ? say("build_records_where") : say("build_all_records")}</span>
      ${said.map((each, number) => html`${number ? html`<span>${say("build_and")}</span>` : nothing}<span class="chip"><span class="on">${each.lead}<b>${each.value}</b>${each.tail}</span></span>`)}
      ${text && !said.length ? html`<code class="mono">${text}</code>` : nothing}
      <button type="button" class="btn btn-quiet" data-edit-filter @click=${open}>${icon(text ? "pencil" : "plus")}${say(text ? "build_edit_filter" : "build_add_filter")}</button></div>`;
  }
}

customElements.define("sartor-view-designer", SartorViewDesigner);
