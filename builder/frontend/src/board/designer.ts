// <sartor-dashboard-designer data-definition="dashboard/sales_home">: live cards on a grid of twelve columns, dragged in
// out of reports, metrics and lists.
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { all, icon } from "@ui/dom";
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import { blank } from "../core/blank";
import type { Listed } from "../core/drafts";
import { at, isObject, put, same, type Definition, type Json } from "../core/json";
import { pick } from "../core/labels";
import type { Item, Shelf } from "../core/palette";
import { sortable, type Dropped } from "../core/sorting";
import { names, type Schema } from "../panel/schema";
import { Arranger, type Subject } from "../sheet/arranger";
import { choosing, entry, lacking } from "../sheet/schemas";
import { retireWhole } from "../sheet/whole";
import { Canvas } from "./canvas";
import { asSaid, chosenFields, chosenOf, FieldFilters, fieldTicks, levelled, withField } from "./choices";
import { desk, phone, type Tile } from "./draw";
import { added, alone, before, bottom, boxesOf, held, moved, placed, reading, resized, without, type Boxes, type Size } from "./grid";
import { LiveCards } from "./live";
import { Menus, withBoard } from "./menus";
import { placing, STEPS, type Act } from "./placing";
import { trying, type Filter } from "./trying";

interface CardItem extends Item {
  size: Size;
  level?: string;
}

const TEXT = "text";
const PALETTE = "canvas";
const PHONE = "(max-width: 640px)";

export class SartorDashboardDesigner extends Arranger {
  @property({ attribute: "data-shelves", type: Array }) targets: { title: string; items: CardItem[] }[] = [];
  @property({ attribute: "data-filters", type: Array }) filters: Filter[] = [];
  @state() private isPhone = matchMedia(PHONE).matches;
  @state() private tried: Definition = {};
  /** Of the records that are tried, by filter. */
  private titles: Record<string, string> = {};
  /** The same as the server is asked; one object as long as nothing else is tried. */
  private asked: Definition = {};
  private sorted = new WeakSet<Element>();
  private live = new LiveCards(() => this.dataset.live ?? "");
  private fields = new FieldFilters(() => this.dataset.choices ?? "");
  private menus = new Menus(this.drafts);
  private canvas: Canvas | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    for (const each of [this.live, this.fields, this.menus]) each.addEventListener("told", () => this.requestUpdate());
    matchMedia(PHONE).addEventListener("change", (event) => (this.isPhone = event.matches));
    for (const button of all<HTMLButtonElement>("[data-size]")) button.addEventListener("click", () => this.look(button));
  }

  protected override prepare(): Promise<void> {
    return this.menus.look();
  }

  private look(button: HTMLButtonElement): void {
    for (const other of all("[data-size]")) other.setAttribute("aria-pressed", String(other === button));
    this.isPhone = button.dataset.size === "phone";
  }

  protected override get dragGroup(): string {
    return this.isPhone ? PALETTE : "";
  }

  private get boxes(): Boxes {
    return boxesOf(this.definition);
  }

  protected get order(): string[] {
    return reading(this.boxes);
  }

  protected get shelves(): Shelf[] {
    return this.targets;
  }

  private item(key: string): CardItem | undefined {
    return this.targets.flatMap((each) => each.items).find((each) => each.key === key);
  }

  private card(name: string): Definition {
    const found = at(this.definition, ["cards", name]);
    return isObject(found) ? found : {};
  }

  private called(name: string): string {
    const card = this.card(name);
    const target = String(card.target ?? TEXT);
    return pick(card.label) || (this.item(target)?.text ?? target);
  }

  // ---- what is done

  protected add(key: string, spot?: { x: number; y: number }): void {
    const item = this.item(key);
    const card: Definition = key === TEXT ? { text: { en: "Text", zh: "文字" } } : levelled({ target: key }, item?.level ?? "", this.definition);
    const made = added(this.definition, { card, size: item?.size ?? [4, 4], ...(spot ? { spot } : {}) });
    const text = say("build_card_added", { label: item?.text ?? key });
    this.do(text, made.board);
    this.choose(made.name);
    this.say(text);
    this.focusOn(made.name);
  }

  private place(name: string, boxes: Boxes, merge?: string): void {
    const board = placed(this.definition, boxes);
    if (same(board, this.definition)) return this.requestUpdate();
    this.do(say("build_field_moved", { label: this.called(name) }), board, merge);
    this.tellPlace(name);
  }

  private tellPlace(name: string): void {
    const box = this.boxes.get(name);
    if (box) this.say(say("build_card_at", { label: this.called(name), x: box.x + 1, y: box.y + 1, width: box.width, height: box.height }));
  }

  /** On a phone cards stand one below the other: what is dropped comes before the one that stood there. */
  private drop = ({ list, moved: card, added: key, index }: Dropped): void => {
    const name = card?.querySelector<HTMLElement>("[data-name]")?.dataset.name;
    const others = all<HTMLElement>("[data-name]", list).map((each) => each.dataset.name ?? "").filter((each) => each !== name);
    const next = others[index];
    if (key !== undefined) this.add(key, this.boxes.get(next ?? "") ?? { x: 0, y: bottom(this.boxes) });
    else if (name) this.place(name, before(this.boxes, name, next));
  };

  private act(name: string, act: Act): void {
    const next = act.sizes ? resized(this.boxes, name, act.dx, act.dy) : moved(this.boxes, name, act.dx, act.dy);
    this.place(name, next, `place ${name}`);
  }

  protected moveBy(name: string, by: number): void {
    this.act(name, { sizes: false, dx: 0, dy: by });
  }

  protected takeOut(name: string): void {
    this.leave(name, say("build_taken_out_card", { label: this.called(name) }), without(this.definition, name));
  }

  protected edit(path: string[], value: Json | undefined, merge?: string): void {
    const board = this.shown(put(this.definition, path, value) as Definition, path);
    const name = path[0] === "cards" ? path[1] : undefined;
    const label = name ? this.called(name) : pick(this.definition.label);
    this.do(say("build_edited", { label }), name && typeof value === "number" ? held(board, name) : board, merge);
  }

  /** The board after an edit: a card that shows something else has the level of that. */
  private shown(board: Definition, [map, name, part]: string[]): Definition {
    if (map !== "cards" || !name || part !== "target") return board;
    const card = at(board, ["cards", name]) as Definition;
    return put(board, ["cards", name], levelled(card, this.item(String(card.target))?.level ?? "", board)) as Definition;
  }

  /** Into the menu of an app, as one step of both that can be taken back. */
  private intoMenu = async (app: Listed): Promise<void> => {
    const before = await this.menus.now(app.key, this.bench.documents);
    if (!before) return;
    const text = say("build_in_menu_now", { label: pick(this.definition.label) || this.name, app: pick(app.label) || app.key });
    this.bench.change(text, { [app.key]: withBoard(before, this.key, String(this.definition.level ?? "")) }, { before: { [app.key]: before } });
    toast(text);
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(".entity-head")?.focus());
  };

  protected retire(): Promise<void> {
    return retireWhole(this.bench, { key: this.key, definition: this.definition, isNew: this.published === null, list: this.dataset.list ?? ".." });
  }

  protected override onItemKey = (event: KeyboardEvent): void => {
    const name = (event.target as Element).closest<HTMLElement>("[data-name]")?.dataset.name;
    const step = STEPS[event.key];
    if (!name || event.ctrlKey || event.metaKey || event.altKey) return;
    if (step) {
      this.act(name, { sizes: event.shiftKey, ...step });
      this.focusOn(name);
    } else if (event.key === "Enter" || event.key === " ") {
      this.choose(name);
      this.openPanel();
    } else if (event.key === "Delete" || event.key === "Backspace") this.takeOut(name);
    else return;
    event.preventDefault();
  };

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (!this.isReady) return;
    this.live.follow(this.definition, this.asked);
    this.fields.follow(this.definition);
    for (const list of all("[data-cards]", this)) {
      if (this.sorted.has(list)) continue;
      this.sorted.add(list);
      sortable(list, { name: "cards", put: [PALETTE] }, ".board-card", this.drop);
    }
    const grid = this.querySelector<HTMLElement>(".grid-stack");
    if (this.canvas && this.canvas.element !== grid) {
      this.canvas.destroy();
      this.canvas = undefined;
    }
    if (!grid) return;
    this.canvas ??= new Canvas(grid, { moved: (name, boxes) => this.place(name, boxes), dropped: (key, spot) => this.add(key, spot) });
    this.canvas.take(all("sartor-palette [data-item]", this), (key) => this.item(key)?.size ?? [4, 4]);
    this.canvas.sync(this.boxes);
  }

  private tick = (name: string, on: boolean): void => {
    const filter = this.fields.offered.find((each) => chosenOf(each, [name]));
    this.do(say("build_edited", { label: pick(this.definition.label) }), withField(this.definition, name, on, filter?.level));
    if (!on) this.try(filter?.name ?? name, "");
  };

  private try = (name: string, value: string, title = ""): void => {
    this.titles = { ...this.titles, [name]: title };
    this.tried = put(this.tried, [name], value || undefined) as Definition;
    this.asked = asSaid(this.tried);
  };

  // ---- what is drawn

  private choices(...kinds: string[]): [string, string][] {
    return this.targets.flatMap((shelf) => shelf.items.filter((each) => kinds.some((kind) => each.key.startsWith(kind))).map((each): [string, string] => [each.key, `${shelf.title} · ${each.text}`]));
  }

  protected get subject(): Subject {
    const name = this.chosen;
    if (name === null) return { title: pick(this.definition.label), about: say("build_dashboard"), icon: "chart-bar", schema: lacking(this.schema, ["cards", "filter_fields"]), value: this.definition, path: [] };
    const card = this.card(name);
    const isText = card.target === undefined;
    const boards = this.world.definitions("dashboard").map((each): [string, string] => [`dashboard/${each.name}`, `${say("build_dashboard")} · ${each.label}`]);
    let schema: Schema = lacking(entry(this.reading, this.schema, "cards"), isText ? ["target", "opens"] : ["text"]);
    if (!isText) schema = choosing(this.reading, schema, "target", this.choices("report/", "metric/", "view/"));
    if (!isText && !String(card.target).startsWith("view/")) schema = choosing(this.reading, schema, "opens", [...boards, ...this.choices("view/")]);
    else schema = lacking(schema, ["opens"]);
    return { title: this.called(name), about: say("build_card"), icon: isText ? "align-left" : (this.item(String(card.target))?.icon ?? "chart-bar"), schema, value: card, path: ["cards", name] };
  }

  protected override below(): TemplateResult | typeof nothing {
    const name = this.chosen;
    if (name === null) return fieldTicks(this.fields.offered, chosenFields(this.definition), this.tick);
    return placing(this.called(name), (act) => this.act(name, act));
  }

  private tile(name: string, isAlone: boolean): Tile {
    const before = at(this.published ?? undefined, ["cards", name]);
    const card = this.card(name);
    return {
      name,
      label: this.called(name),
      drawn: this.live.card(name),
      box: this.boxes.get(name) ?? { x: 0, y: 0, width: 1, height: 1 },
      isChosen: this.chosen === name,
      mark: before === undefined ? "new" : same(before, card) ? "" : "edited",
      wrong: this.wrongAt(`/cards/${name}`),
      isAlone,
      isText: card.target === undefined,
    };
  }

  protected drawSheet(): TemplateResult {
    const offered = [...names(this.definition.filters), ...chosenFields(this.definition)];
    const single = alone(this.order.map((name) => [name, this.live.card(name)?.figure ?? false]));
    const tiles = this.order.map((name) => this.tile(name, single.has(name)));
    return html`<div class="stack-4 board-sheet">
      <button type="button" class="entity-head ${this.chosen === null ? "is-chosen" : ""}" aria-pressed=${this.chosen === null} @click=${() => this.choose(null)}>
        <span class="kind">${icon("chart-bar")}</span><span class="two-lines"><b>${pick(this.definition.label)}</b><span class="faint t-12">${say("build_board_properties")}</span></span>${icon("adjustments")}</button>
      ${this.menus.draw(this.key, this.bench.documents, (app) => void this.intoMenu(app))}
      ${trying([...this.filters, ...this.fields.offered].filter((each) => chosenOf(each, offered)), this.tried, this.titles, this.try)}
      <div class="board-stage ${tiles.length ? "" : "is-empty"}" @keydown=${this.onItemKey} @click=${this.onItemClick}>${this.isPhone ? phone(tiles) : desk(tiles)}
        ${tiles.length ? nothing : html`<p class="slot">${blank("build_no_cards", "build_no_cards_yet")}</p>`}</div>
      <p class="row-flex"><button type="button" class="btn btn-quiet" data-add @click=${() => this.palette?.find()}>${icon("plus")}${say("build_add_card")}<kbd class="only-desk">/</kbd></button></p>
      ${this.elsewhere()}
    </div>`;
  }
}

customElements.define("sartor-dashboard-designer", SartorDashboardDesigner);
