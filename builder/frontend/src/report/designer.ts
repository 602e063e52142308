// <sartor-report-designer data-definition="report/funnel">: fields dragged among rows, columns, measures and filters, on live numbers.
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import "@ui/chart";
import { all, icon } from "@ui/dom";
import { ask } from "@ui/net";
import { say } from "@ui/words";
import { at, isObject, put, same, type Definition } from "../core/json";
import { pick } from "../core/labels";
import { sortable } from "../core/sorting";
import { valueText } from "../panel/saying";
import { names } from "../panel/schema";
import type { Subject } from "../sheet/arranger";
import { entry, lacking, part } from "../sheet/schemas";
import { ordering, termsOf } from "../panel/ordering";
import { ReportActs } from "./acts";
import { numbers, shelf, title, type Chip, type ShelfDrawn } from "./draw";
import { measureOf, type ReportShelf, type Way } from "./items";
import { conditions, SHELVES, type Spot, type Where } from "./pivot";

const SHOWN_BY_CANVAS = ["dimensions", "measures", "filter", "sort", "chart"];

export class SartorReportDesigner extends ReportActs {
  private sorted = new WeakSet<Element>();
  /** The entity whose fields the palette shows. */
  private offeredOf: string | null = null;

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
    if (spot.where === "measures") {
      const other = ["metric", "formula"].filter((each) => !(each in value) && ("metric" in value || "formula" in value));
      return [...other, ...(this.chart?.dimensions[1] || "show" in value ? [] : ["show"])];
    }
    const item = this.itemOf(spot);
    return [...(item?.bands?.length || "bands" in value ? [] : ["bands"]), ...(item?.dated || "bucket" in value ? [] : ["bucket"]), ...(this.chart?.series || this.chart?.crossed || "across" in value ? [] : ["across"])];
  }

  protected override below(): TemplateResult | typeof nothing {
    const spot = this.spot(this.chosen);
    if (!spot) return this.drawOrder();
    return spot.where === "measures" ? this.drawWays(spot) : nothing;
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

  // ---- the canvas

  private chip(spot: Spot): Chip {
    const before = spot.where === "filters" ? undefined : at(this.published ?? undefined, spot.name.split("/"));
    const isFilterKnown = spot.where === "filters" && this.published !== null && conditions(this.published).includes(String(spot.value));
    const term = termsOf(this.definition).find((each) => spot.where !== "filters" && each.path === spot.key);
    const bands = isObject(spot.value) ? names(spot.value.bands).map((each) => Number(each).toLocaleString(document.documentElement.lang)) : [];
    return {
      name: spot.name,
      label: this.called(spot),
      beside: this.named("dimensions", "bucket", spot) || this.named("measures", "show", spot) || bands.join(" · "),
      icon: this.itemOf(spot)?.icon ?? (spot.where === "filters" ? "filter" : "help"),
      isChosen: this.chosen === spot.name,
      isStop: this.stop === spot.name,
      mark: isFilterKnown || same(before, spot.value) ? "" : before === undefined ? "new" : "edited",
      wrong: spot.where === "filters" ? "" : this.wrongAt(`/${spot.name}`),
      sort: term ? (term.descending ? "desc" : "asc") : "",
    };
  }

  /** What an option of a dimension or measure is set to, in words. */
  private named(map: string, option: string, spot: Spot): string {
    const value = isObject(spot.value) && spot.name.startsWith(`${map}/`) ? spot.value[option] : undefined;
    return typeof value === "string" ? valueText(part(this.reading, entry(this.reading, this.schema, map), option), value) : "";
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
        <span class="kind">${icon(this.chart?.icon ?? "report")}</span><span class="two-lines"><b>${label}</b><span class="faint t-12">${entity ? `${entity} · ` : ""}${say("build_report_properties")}</span></span>${icon("adjustments")}</button>
        <div class="seg" role="group" aria-label=${say("build_shown_as")}>${this.charts.map((each) => html`<button type="button" data-chart=${each.key} aria-pressed=${each.key === this.definition.chart} aria-label=${pick(each.label)} title=${pick(each.label)} @click=${() => this.edit(["chart"], each.key)}>${icon(each.icon)}<span class="only-desk">${pick(each.label)}</span></button>`)}</div></div>
      <div class="report-shelves" @keydown=${this.onShelfKey} @click=${this.onItemClick}>${where.map((each) => shelf(this.drawn(each)))}</div>
      <section class="stack report-live" aria-label=${say("build_live_numbers")}>${numbers(this.looker.live, { module: this.dataset.module ?? "", style: this.dataset.style ?? "" })}</section>
      ${this.elsewhere()}
    </div>`;
  }
}

customElements.define("sartor-report-designer", SartorReportDesigner);
