// <sartor-report-designer data-definition="report/funnel">: fields dragged among rows, columns, measures and filters, on live numbers.
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import "@ui/chart";
import { all, icon } from "@ui/dom";
import { ask } from "@ui/net";
import { say } from "@ui/words";
import { at, isObject, put, same, type Definition, type Json } from "../core/json";
import { pick } from "../core/labels";
import { sortable, type Dropped } from "../core/sorting";
import { valueText } from "../panel/saying";
import { names } from "../panel/schema";
import { Arranger, type Subject } from "../sheet/arranger";
import { entry, lacking, part } from "../sheet/schemas";
import { retireWhole } from "../sheet/whole";
import { termsOf, sorted, type Term } from "../view/columns";
import { Looker } from "../view/live";
import { ordering } from "../view/sorting";
import { numbers, shelf, title, type Chip, type LiveReport, type ShelfDrawn } from "./draw";
import { filtering, type Operator, type Taken } from "./filter";
import { fits, keyOf, shapeOf, measureOf, usual, type ReportItem, type ReportShelf, type Way } from "./items";
import { acrossed, conditions, filtered, founded, measured, moved, redrawn, SHELVES, spots, without, withDimension, withMeasure, type Chart, type Spot, type Where } from "./pivot";

const SHOWN_BY_CANVAS = ["dimensions", "measures", "filter", "sort", "chart"];

export class SartorReportDesigner extends Arranger {
  @property({ attribute: "data-shelves", type: Array }) offered: ReportShelf[] = [];
  @property({ attribute: "data-operators", type: Object }) operators: Record<string, Operator> = {};
  private looker = new Looker<LiveReport>(() => this.dataset.live ?? "");
  private sorted = new WeakSet<Element>();
  /** Where the palette adds to, if somebody asked for a shelf. */
  private target: Where | null = null;
  /** An operator that still waits for its value. */
  private pending: { name: string; operator: string } | null = null;
  private offeredOf: string | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.looker.addEventListener("told", () => this.requestUpdate());
  }

  // ---- what is there

  protected override get entity(): string {
    return String(this.definition.entity ?? "");
  }

  private get charts(): Chart[] {
    return this.reading.types(part(this.reading, this.schema, "chart")) as Chart[];
  }

  private get chart(): Chart | undefined {
    return this.charts.find((each) => each.key === this.definition.chart);
  }

  private get spots(): Spot[] {
    return spots(this.definition, this.chart);
  }

  private on(where: Where): Spot[] {
    return this.spots.filter((each) => each.where === where);
  }

  private spot(name: string | null): Spot | undefined {
    return this.spots.find((each) => each.name === name);
  }

  protected get order(): string[] {
    return this.spots.map((each) => each.name);
  }

  protected get shelves(): ReportShelf[] {
    return this.offered;
  }

  private item(key: string | undefined): ReportItem | undefined {
    return this.offered.flatMap((each) => each.items).find((each) => each.key === key);
  }

  /** The field or metric that something on a shelf is about. */
  private itemOf({ where, key, value }: Spot): ReportItem | undefined {
    if (where === "filters") return this.item(this.told(key)?.path);
    const entry = isObject(value) ? value : {};
    if (where !== "measures") return this.item(String(entry.path ?? key));
    return this.item(entry.metric ? `metric:${String(entry.metric)}` : (measured(entry.formula) ?? "formula"));
  }

  /** A condition as the server said it, once it has seen the filter as it is. */
  private told(key: string): LiveReport["filter"][number] | undefined {
    const told = this.looker.live?.filter ?? [];
    return same(this.looker.of.filter, this.definition.filter) && told.length === conditions(this.definition).length ? told[Number(key)] : undefined;
  }

  private called(spot: Spot): string {
    const told = this.told(spot.key);
    if (spot.where === "filters") return told?.lead ? `${told.lead}${told.value}${told.tail}` : String(spot.value);
    const value = spot.value as Definition;
    const own = pick(value.label);
    if (own || spot.where !== "measures") return own || this.itemOf(spot)?.label || String(value.path ?? spot.key);
    return value.metric ? (this.itemOf(spot)?.text ?? String(value.metric)) : String(value.formula ?? spot.key);
  }

  // ---- what is done

  private get room(): { rows: boolean; columns: boolean } {
    const { chart } = this;
    const most = chart?.dimensions[1] ?? 0;
    const count = this.on("rows").length + this.on("columns").length;
    return { rows: count < (chart?.series ? 1 : most), columns: Boolean(chart?.series || chart?.crossed) && count < most };
  }

  protected add(key: string, where?: Where, index?: number): void {
    const item = this.item(key);
    const target = this.target;
    this.target = null;
    if (!item) return;
    const place = where ?? (target && fits(item, target) ? target : usual(item, this.room));
    if (!fits(item, place)) return this.refuse(item.label, place);
    this.put(item, place, index ?? this.on(place).length, this.definition);
  }

  private refuse(label: string, where: Where): void {
    this.warn(say("build_does_not_fit", { label, shelf: title(where) }));
    this.requestUpdate();
  }

  /** Something new on a shelf of the report, or in place of what stood elsewhere. */
  private put(item: ReportItem, where: Where, index: number, report: Definition): void {
    const made = this.made(item, where, index, report);
    const text = say("build_put_on", { label: item.label, shelf: title(where) });
    this.do(text, made.report);
    this.choose(made.name);
    this.say(text);
    this.focusOn(made.name);
  }

  private made(item: ReportItem, where: Where, index: number, report: Definition): { report: Definition; name: string } {
    if (where === "measures") return withMeasure(report, measureOf(item), keyOf(item), index);
    if (where !== "filters") return withDimension(report, this.chart, { path: item.key, more: shapeOf(item), where, index });
    const blank = item.operators?.includes("is_not_blank") ? "is_not_blank" : item.operators?.find((each) => this.operators[each]?.needs === "nothing");
    const text = (this.operators[blank ?? ""]?.pattern ?? "{path} is not blank").replaceAll("{path}", item.key);
    const parts = conditions(report);
    return { report: filtered(report, [...parts.slice(0, index), text, ...parts.slice(index)]), name: `filter/${Math.min(index, parts.length)}` };
  }

  /** To a place of a shelf; what is moved to a shelf of another kind becomes something else there. */
  private move(spot: Spot, where: Where, index: number): void {
    const isDimension = (each: Where) => each === "rows" || each === "columns";
    const label = this.called(spot);
    if (spot.where !== where && !(isDimension(spot.where) && isDimension(where))) {
      const item = this.itemOf(spot);
      if (!item || !fits(item, where)) return this.refuse(label, where);
      return this.put(item, where, index, without(this.definition, this.chart, spot));
    }
    const report = moved(this.definition, this.chart, spot, { where, index });
    if (same(report, this.definition)) return this.requestUpdate();
    const name = spot.where === "filters" ? `filter/${index}` : spot.name;
    this.do(say("build_field_moved", { label }), report);
    const place = this.on(where);
    this.say(say("build_moved_on", { label, shelf: title(where), n: place.findIndex((each) => each.name === name) + 1, of: place.length }));
    if (this.chosen === spot.name) this.choose(name);
    this.focusOn(name);
  }

  protected moveBy(name: string, by: number): void {
    const spot = this.spot(name);
    const place = spot ? this.on(spot.where) : [];
    const index = place.findIndex((each) => each.name === name) + by;
    if (spot && index >= 0 && index < place.length) this.move(spot, spot.where, index);
  }

  private moveShelf(name: string, by: number): void {
    const spot = this.spot(name);
    if (!spot) return;
    const item = this.itemOf(spot);
    const from = SHELVES.indexOf(spot.where);
    const next = SHELVES.filter((each, number) => (number - from) * by > 0 && fits(item, each));
    const where = by > 0 ? next[0] : next.at(-1);
    if (where) this.move(spot, where, this.on(where).length);
    else this.say(say("build_no_other_shelf", { label: this.called(spot) }));
  }

  protected takeOut(name: string): void {
    const spot = this.spot(name);
    if (!spot) return;
    const text = say("build_taken_off_shelf", { label: this.called(spot) });
    const place = this.order.indexOf(name);
    this.do(text, without(this.definition, this.chart, spot));
    this.choose(null);
    this.say(text);
    this.focusOn(this.order[Math.min(place, this.order.length - 1)] ?? "");
  }

  protected edit(path: string[], value: Json | undefined, merge?: string): void {
    const [head, key, option] = path;
    const spot = head && key ? this.spot(`${head}/${key}`) : undefined;
    const label = spot ? this.called(spot) : pick(this.definition.label);
    const report = this.edited(path, value, option);
    this.do(say("build_edited", { label }), report, merge);
  }

  private edited(path: string[], value: Json | undefined, option?: string): Definition {
    const { definition: report, chart } = this;
    const [head, key] = path;
    const next = this.charts.find((each) => each.key === value);
    if (head === "chart" && next) return redrawn(report, chart, next);
    if (head === "entity") return founded(report, typeof value === "string" ? value : undefined, this.count);
    if (head === "filter" && key) return filtered(report, conditions(report).map((each, number) => (String(number) === key ? String(value ?? "") : each)));
    if (head === "dimensions" && key && option === "across") return acrossed(report, value === true ? key : undefined);
    return put(report, path, value) as Definition;
  }

  private get count(): Definition {
    return { formula: "count()", label: { en: "Records", zh: "记录数" } };
  }

  private sort(terms: Term[]): void {
    this.do(say("build_sorted"), sorted(this.definition, terms));
  }

  protected retire(): Promise<void> {
    return retireWhole(this.bench, { key: this.key, definition: this.definition, isNew: this.published === null, list: this.dataset.list ?? ".." });
  }

  private drop = (dropped: Dropped): void => {
    const where = dropped.list.dataset.where as Where | undefined;
    const spot = this.spot(dropped.moved?.dataset.name ?? null);
    if (where && dropped.added !== undefined) this.add(dropped.added, where, dropped.index);
    else if (where && spot) this.move(spot, where, dropped.index);
  };

  // ---- keys and following

  protected override show(path: string[]): void {
    const name = path.slice(0, 2).join("/");
    if (this.order.includes(name)) this.choose(name);
  }

  private onShelfKey = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const name = (event.target as Element).closest<HTMLElement>("[data-name]")?.dataset.name;
    if (!by || !event.altKey || !name) return this.onItemKey(event);
    event.preventDefault();
    this.moveShelf(name, by);
  };

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (!this.isReady) return;
    this.looker.follow(this.definition);
    void this.offer();
    for (const list of all("[data-where]", this)) {
      if (this.sorted.has(list)) continue;
      this.sorted.add(list);
      sortable(list, this.dragGroup, "[data-name]", this.drop);
    }
  }

  /** The palette is that of the entity, also after undoing. */
  private async offer(): Promise<void> {
    const { entity } = this;
    const isFirst = this.offeredOf === null;
    if (this.offeredOf === entity) return;
    this.offeredOf = entity;
    if (isFirst) return;
    const answer = await ask(`${this.dataset.fields ?? ""}?${new URLSearchParams({ entity })}`);
    if (answer?.ok && this.offeredOf === entity) this.offered = (await answer.json()) as ReportShelf[];
  }

  // ---- the panel

  protected get subject(): Subject {
    const spot = this.spot(this.chosen);
    if (!spot) {
      const schema = lacking(this.schema, SHOWN_BY_CANVAS);
      return { title: pick(this.definition.label), about: pick(this.chart?.label), icon: this.chart?.icon ?? "report", schema, value: this.definition, path: [] };
    }
    const about = { title: this.called(spot), about: title(spot.where), icon: this.itemOf(spot)?.icon ?? "help" };
    if (spot.where === "filters") {
      const condition = { ...part(this.reading, this.schema, "filter"), title: say("build_condition") };
      return { ...about, schema: { type: "object", properties: { [spot.key]: condition } }, value: { [spot.key]: spot.value }, path: ["filter"] };
    }
    const map = spot.where === "measures" ? "measures" : "dimensions";
    return { ...about, schema: lacking(entry(this.reading, this.schema, map), this.unasked(spot)), value: spot.value as Definition, path: [map, spot.key] };
  }

  /** Parts of the schema that mean nothing for this thing. */
  private unasked(spot: Spot): string[] {
    const value = spot.value as Definition;
    if (spot.where === "measures") return ["metric", "formula"].filter((each) => !(each in value) && ("metric" in value || "formula" in value));
    const item = this.itemOf(spot);
    return [...(item?.bands?.length || "bands" in value ? [] : ["bands"]), ...(item?.dated || "bucket" in value ? [] : ["bucket"]), ...(this.chart?.series || this.chart?.crossed || "across" in value ? [] : ["across"])];
  }

  protected override below(): TemplateResult | typeof nothing {
    const spot = this.spot(this.chosen);
    if (!spot) return this.drawOrder();
    if (spot.where === "measures") return this.drawWays(spot);
    return spot.where === "filters" ? this.drawCondition(spot) : nothing;
  }

  private drawOrder(): TemplateResult {
    const offered = this.spots.filter((each) => each.where !== "filters").map((each): [string, string] => [each.key, this.called(each)]);
    const wrong = this.wrongAt("/sort");
    return html`${ordering({ terms: termsOf(this.definition), offered, change: (terms) => this.sort(terms) })}${wrong ? html`<p class="in-panel bad t-12">${wrong}</p>` : nothing}`;
  }

  private drawWays(spot: Spot): TemplateResult | typeof nothing {
    const item = this.itemOf(spot);
    const ways = item?.measures ?? [];
    const value = spot.value as Definition;
    if (!item || item.key === "formula" || ways.length < 2) return nothing;
    const now = ways.find((each) => each.formula === value.formula);
    const change = (way: Way) => {
      const isOwn = value.label !== undefined && !ways.some((each) => same(each.labels, value.label));
      const fresh = { ...measureOf(item, way), order: value.order ?? 10, ...(isOwn ? { label: value.label ?? null } : {}) };
      this.do(say("build_edited", { label: this.called(spot) }), put(this.definition, ["measures", spot.key], fresh) as Definition);
    };
    return html`<fieldset><legend>${say("build_counted_as")}</legend><div class="row-flex wrap">${ways.map((each) => html`<button type="button" class="btn btn-default" data-way=${each.way} aria-pressed=${each === now} @click=${() => change(each)}>${each.text}</button>`)}</div></fieldset>`;
  }

  private drawCondition(spot: Spot): TemplateResult | typeof nothing {
    const item = this.itemOf(spot);
    const told = this.told(spot.key);
    if (!item || !told) return nothing;
    const waits = this.pending?.name === spot.name ? this.pending.operator : undefined;
    const taken: Taken = waits ? { operator: waits, values: [] } : { operator: told.operator ?? undefined, values: told.values };
    const period = part(this.reading, this.schema, "period");
    const texts = Object.entries(isObject(period["x-texts"]) ? period["x-texts"] : {}).map(([key, text]): [string, string] => [key, String(text)]);
    const change = (operator: string, text: string) => {
      this.pending = text ? null : { name: spot.name, operator };
      if (text) this.edit(["filter", spot.key], text);
      else this.requestUpdate();
    };
    return filtering({ item, operators: this.operators, periods: texts, taken, change });
  }

  protected override choose(name: string | null): void {
    this.pending = null;
    super.choose(name);
  }

  // ---- the canvas

  private chip(spot: Spot): Chip {
    const before = spot.where === "filters" ? undefined : at(this.published ?? undefined, spot.name.split("/"));
    const isFilterKnown = spot.where === "filters" && this.published !== null && conditions(this.published).includes(String(spot.value));
    const term = termsOf(this.definition).find((each) => spot.where !== "filters" && each.path === spot.key);
    const bucket = isObject(spot.value) && typeof spot.value.bucket === "string" ? spot.value.bucket : "";
    const bands = isObject(spot.value) ? names(spot.value.bands).map((each) => Number(each).toLocaleString(document.documentElement.lang)) : [];
    return {
      name: spot.name,
      label: this.called(spot),
      beside: bucket ? valueText(part(this.reading, entry(this.reading, this.schema, "dimensions"), "bucket"), bucket) : bands.join(" · "),
      icon: this.itemOf(spot)?.icon ?? (spot.where === "filters" ? "filter" : "help"),
      isChosen: this.chosen === spot.name,
      isStop: this.stop === spot.name,
      mark: isFilterKnown || same(before, spot.value) ? "" : before === undefined ? "new" : "edited",
      wrong: spot.where === "filters" ? "" : this.wrongAt(`/${spot.name}`),
      sort: term ? (term.descending ? "desc" : "asc") : "",
    };
  }

  private drawn(where: Where): ShelfDrawn {
    const pointer = { rows: "/dimensions", columns: "", measures: "/measures", filters: "/filter" }[where];
    const wrong = this.bench.problems.find((each) => each.file === this.key && each.field === pointer)?.message ?? "";
    const inside = pointer && !wrong ? this.on(where).map((each) => (where === "filters" ? "" : this.wrongAt(`/${each.name}`))).find(Boolean) : "";
    const columnsWrong = where === "columns" ? this.on(where).map((each) => this.wrongAt(`/${each.name}`)).find(Boolean) : "";
    const hint = say({ rows: "build_rows_hint", columns: "build_columns_hint", measures: "build_measures_hint", filters: "build_filters_hint" }[where]);
    const add = () => {
      this.target = where;
      this.palette?.find();
    };
    return { where, chips: this.on(where).map((each) => this.chip(each)), wrong: wrong || inside || columnsWrong || "", hint, add };
  }

  private get hasColumns(): boolean {
    return Boolean(this.chart?.series || this.chart?.crossed) || this.on("columns").length > 0;
  }

  protected drawSheet(): TemplateResult {
    const label = pick(this.definition.label);
    const where = SHELVES.filter((each) => each !== "columns" || this.hasColumns);
    const entity = this.world.definitions("entity").find((each) => each.name === this.entity)?.label ?? this.entity;
    return html`<div class="sheet stack-4 view-sheet report-sheet">
      <div class="row-flex wrap"><button type="button" class="entity-head grow ${this.chosen === null ? "is-chosen" : ""}" aria-pressed=${this.chosen === null} @click=${() => this.choose(null)}>
        <span class="kind">${icon(this.chart?.icon ?? "report")}</span><span class="what"><b>${label}</b><span class="faint t-12">${entity ? `${entity} · ` : ""}${say("build_report_properties")}</span></span>${icon("adjustments")}</button>
        <div class="seg" role="group" aria-label=${say("build_shown_as")}>${this.charts.map((each) => html`<button type="button" data-chart=${each.key} aria-pressed=${each.key === this.definition.chart} aria-label=${pick(each.label)} title=${pick(each.label)} @click=${() => this.edit(["chart"], each.key)}>${icon(each.icon)}<span class="only-desk">${pick(each.label)}</span></button>`)}</div></div>
      <div class="report-shelves" @keydown=${this.onShelfKey} @click=${this.onItemClick}>${where.map((each) => shelf(this.drawn(each)))}</div>
      <section class="stack report-live" aria-label=${say("build_live_numbers")}>${numbers(this.looker.live, { module: this.dataset.module ?? "", style: this.dataset.style ?? "" })}</section>
      ${this.elsewhere()}
    </div>`;
  }
}

customElements.define("sartor-report-designer", SartorReportDesigner);
