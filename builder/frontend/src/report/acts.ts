// What is on the shelves of a report and what is done to it: put on, moved, turned into something else, taken out.
import { property } from "lit/decorators.js";
import { say } from "@ui/words";
import { isObject, put, same, type Definition, type Json } from "../core/json";
import { pick } from "../core/labels";
import type { Dropped } from "../core/sorting";
import { Arranger } from "../sheet/arranger";
import { part } from "../sheet/schemas";
import { retireWhole } from "../sheet/whole";
import type { Term } from "../panel/ordering";
import { sorted } from "../view/columns";
import { Looker } from "../view/live";
import { title, type LiveReport } from "./draw";
import { fits, keyOf, measureOf, shapeOf, usual, type ReportItem, type ReportShelf } from "./items";
import { acrossed, conditions, filtered, founded, measured, moved, redrawn, SHELVES, spots, without, withDimension, withMeasure, type Chart, type Spot, type Where } from "./pivot";

export abstract class ReportActs extends Arranger {
  @property({ attribute: "data-shelves", type: Array }) offered: ReportShelf[] = [];
  protected looker = new Looker<LiveReport>(() => this.dataset.live ?? "");
  /** Where the palette adds to, if somebody asked for a shelf. */
  protected target: Where | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.looker.addEventListener("told", () => this.requestUpdate());
  }

  // ---- what is there

  protected override get entity(): string {
    return String(this.definition.entity ?? "");
  }

  protected get charts(): Chart[] {
    return this.reading.types(part(this.reading, this.schema, "chart")) as Chart[];
  }

  protected get chart(): Chart | undefined {
    return this.charts.find((each) => each.key === this.definition.chart);
  }

  protected get spots(): Spot[] {
    return spots(this.definition, this.chart);
  }

  protected on(where: Where): Spot[] {
    return this.spots.filter((each) => each.where === where);
  }

  protected spot(name: string | null): Spot | undefined {
    return this.spots.find((each) => each.name === name);
  }

  protected get order(): string[] {
    return this.spots.map((each) => each.name);
  }

  protected get shelves(): ReportShelf[] {
    return this.offered;
  }

  protected item(key: string | undefined): ReportItem | undefined {
    return this.offered.flatMap((each) => each.items).find((each) => each.key === key);
  }

  /** The field or metric that something on a shelf is about. */
  protected itemOf({ where, key, value }: Spot): ReportItem | undefined {
    if (where === "filters") return this.item(this.told(key)?.path);
    const entry = isObject(value) ? value : {};
    if (where !== "measures") return this.item(String(entry.path ?? key));
    return this.item(entry.metric ? `metric:${String(entry.metric)}` : (measured(entry.formula) ?? "formula"));
  }

  /** A condition as the server said it, once it has seen the filter as it is. */
  protected told(key: string): LiveReport["filter"][number] | undefined {
    const told = this.looker.live?.filter ?? [];
    return same(this.looker.of.filter, this.definition.filter) && told.length === conditions(this.definition).length ? told[Number(key)] : undefined;
  }

  protected called(spot: Spot): string {
    const told = this.told(spot.key);
    if (spot.where === "filters") return told?.lead ? `${told.lead}${told.value}${told.tail}` : String(spot.value);
    const value = spot.value as Definition;
    const own = pick(value.label);
    if (own || spot.where !== "measures") return own || this.itemOf(spot)?.label || String(value.path ?? spot.key);
    return value.metric ? (this.itemOf(spot)?.text ?? String(value.metric)) : String(value.formula ?? spot.key);
  }

  // ---- what is done

  /** Whether one more dimension fits among the rows, or side by side. */
  protected get room(): { rows: boolean; columns: boolean } {
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

  protected refuse(label: string, where: Where): void {
    this.warn(say("build_does_not_fit", { label, shelf: title(where) }));
    this.requestUpdate();
  }

  /** Something new on a shelf of the report, or in place of what stood elsewhere. */
  protected put(item: ReportItem, where: Where, index: number, report: Definition): void {
    const made = this.made(item, where, index, report);
    const text = say("build_put_on", { label: item.label, shelf: title(where) });
    this.do(text, made.report);
    this.choose(made.name);
    this.say(text);
    this.focusOn(made.name);
  }

  protected made(item: ReportItem, where: Where, index: number, report: Definition): { report: Definition; name: string } {
    if (where === "measures") return withMeasure(report, measureOf(item), keyOf(item), index);
    if (where !== "filters") return withDimension(report, this.chart, { path: item.key, more: shapeOf(item), where, index });
    const text = item.condition ?? "";
    const parts = conditions(report);
    return { report: filtered(report, [...parts.slice(0, index), text, ...parts.slice(index)]), name: `filter/${Math.min(index, parts.length)}` };
  }

  /** To a place of a shelf; what is moved to a shelf of another kind becomes something else there. */
  protected move(spot: Spot, where: Where, index: number): void {
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

  protected moveShelf(name: string, by: number): void {
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

  protected edited(path: string[], value: Json | undefined, option?: string): Definition {
    const { definition: report, chart } = this;
    const [head, key] = path;
    const next = this.charts.find((each) => each.key === value);
    if (head === "chart" && next) return redrawn(report, chart, next);
    if (head === "entity") return founded(report, typeof value === "string" ? value : undefined, this.count);
    // A condition that waits for a value says nothing yet; it stays what it was until it does. Taking it out is another act.
    if (head === "filter" && key) return filtered(report, conditions(report).map((each, number) => (String(number) === key ? String(value ?? each) : each)));
    if (head === "dimensions" && key && option === "across") return acrossed(report, value === true ? key : undefined);
    return put(report, path, value) as Definition;
  }

  protected get count(): Definition {
    return { formula: "count()", label: { en: "Records", zh: "记录数" } };
  }

  protected sort(terms: Term[]): void {
    this.do(say("build_sorted"), sorted(this.definition, terms));
  }

  protected retire(): Promise<void> {
    return retireWhole(this.bench, { key: this.key, definition: this.definition, isNew: this.published === null, list: this.dataset.list ?? ".." });
  }

  protected drop = (dropped: Dropped): void => {
    const where = dropped.list.dataset.where as Where | undefined;
    const spot = this.spot(dropped.moved?.dataset.name ?? null);
    if (where && dropped.added !== undefined) this.add(dropped.added, where, dropped.index);
    else if (where && spot) this.move(spot, where, dropped.index);
  };
}
