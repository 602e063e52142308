// A report as shelves: rows, columns, measures and filters. Each function makes a new definition out of the old one.
import { isObject, put, type Definition, type Json } from "../core/json";
import { free } from "../core/labels";
import { inOrder, placed } from "../core/orders";
import type { TypeAbout } from "../panel/schema";
import { names } from "../panel/schema";
import { conjuncts, joined } from "./conjuncts";

export type Where = "rows" | "columns" | "measures" | "filters";
export const SHELVES: readonly Where[] = ["rows", "columns", "measures", "filters"];

/** What a chart draws. series: a second dimension as colours; crossed: one as columns. */
export interface Chart extends TypeAbout {
  dimensions: [number, number];
  measures: [number, number];
  series: boolean;
  crossed: boolean;
}

/** One thing on a shelf. name: `dimensions/stage`, `measures/count`, `filter/0`. */
export interface Spot {
  where: Where;
  name: string;
  key: string;
  value: Json;
}

function mapOf(report: Definition, map: string): Definition {
  return isObject(report[map]) ? report[map] : {};
}

/** Which dimension runs across: the one that says so, else the second of a chart with colours. */
function acrossOf(report: Definition, chart: Chart | undefined): string | undefined {
  const all = inOrder(report.dimensions);
  const said = all.find(([, each]) => each.across === true)?.[0];
  return said ?? (chart?.series && all.length === 2 ? all[1]?.[0] : undefined);
}

export function spots(report: Definition, chart: Chart | undefined): Spot[] {
  const across = acrossOf(report, chart);
  const dimension = ([key, value]: [string, Definition]): Spot => ({ where: key === across ? "columns" : "rows", name: `dimensions/${key}`, key, value });
  const dimensions = inOrder(report.dimensions).map(dimension);
  const measures = inOrder(report.measures).map(([key, value]): Spot => ({ where: "measures", name: `measures/${key}`, key, value }));
  const filters = conditions(report).map((text, number): Spot => ({ where: "filters", name: `filter/${number}`, key: String(number), value: text }));
  return SHELVES.flatMap((where) => [...dimensions, ...measures, ...filters].filter((each) => each.where === where));
}

export function conditions(report: Definition): string[] {
  return typeof report.filter === "string" ? conjuncts(report.filter) : [];
}

export function filtered(report: Definition, parts: string[]): Definition {
  return put(report, ["filter"], joined(parts)) as Definition;
}

// ---- dimensions

/** The report with only this dimension side by side, as it says itself. */
export function acrossed(report: Definition, across: string | undefined): Definition {
  const dimensions = Object.entries(mapOf(report, "dimensions")).map(([key, value]) => [key, put(value, ["across"], key === across ? true : undefined)]);
  return dimensions.length ? { ...report, dimensions: Object.fromEntries(dimensions) as Definition } : report;
}

/** The report with a dimension on a shelf, at a place of it. */
function shelved(report: Definition, chart: Chart | undefined, { key, value, where, index }: { key: string; value: Definition; where: Where; index: number }): Definition {
  const before = acrossOf(report, chart);
  const others = spots(report, chart).filter((each) => each.name.startsWith("dimensions/") && each.key !== key);
  const next = others.filter((each) => each.where === where)[index];
  const place = next ? others.indexOf(next) : where === "rows" ? others.filter((each) => each.where === "rows").length : others.length;
  const ordered = Object.fromEntries(others.map((each, number) => [each.key, { ...(each.value as Definition), order: (number + 1) * 10 }]));
  const kept = others.every((each, number) => each.key === inOrder(mapOf(report, "dimensions")).filter(([name]) => name !== key)[number]?.[0]);
  const map = kept ? put(mapOf(report, "dimensions"), [key], undefined) : ordered;
  const made = { ...report, dimensions: placed(map as Definition, key, value, place) };
  // A chart with colours has one axis: the other one of two dimensions gives way.
  const other = chart?.series && others.length === 1 ? others[0]?.key : before === key ? undefined : before;
  return acrossed(made, where === "columns" ? key : other);
}

export function withDimension(report: Definition, chart: Chart | undefined, { path, more, where, index }: { path: string; more: Definition; where: Where; index: number }): { report: Definition; name: string } {
  const key = free(path.replaceAll(".", "_").slice(0, 38), [...Object.keys(mapOf(report, "dimensions")), ...Object.keys(mapOf(report, "measures"))]);
  const value: Definition = { ...(key === path ? {} : { path }), ...more };
  return { report: shelved(report, chart, { key, value, where, index }), name: `dimensions/${key}` };
}

// ---- measures

export function withMeasure(report: Definition, value: Definition, wanted: string, index: number): { report: Definition; name: string } {
  const key = free(wanted.replaceAll(".", "_").slice(0, 38), [...Object.keys(mapOf(report, "measures")), ...Object.keys(mapOf(report, "dimensions"))]);
  return { report: { ...report, measures: placed(mapOf(report, "measures"), key, value, index) }, name: `measures/${key}` };
}

/** The field that a plain measure sums or counts: `sum(base(amount))` is about `amount`. */
export function measured(formula: Json | undefined): string | undefined {
  return typeof formula === "string" ? /^\w+\((?:base\()?([a-z][\w.]*)\)?\)$/.exec(formula)?.[1] : undefined;
}

// ---- all of them

/** The report with something at another place of a shelf that it may stand on: dimensions among rows and columns. */
export function moved(report: Definition, chart: Chart | undefined, spot: Spot, { where, index }: { where: Where; index: number }): Definition {
  const value = spot.value as Definition;
  if (spot.where === "filters") {
    const others = conditions(report).filter((_each, number) => String(number) !== spot.key);
    return filtered(report, [...others.slice(0, index), String(spot.value), ...others.slice(index)]);
  }
  if (spot.where === "measures") return { ...report, measures: placed(mapOf(report, "measures"), spot.key, value, index) };
  return shelved(report, chart, { key: spot.key, value, where, index });
}

export function without(report: Definition, chart: Chart | undefined, spot: Spot): Definition {
  if (spot.where === "filters") return filtered(report, conditions(report).filter((_each, number) => String(number) !== spot.key));
  const map = spot.where === "measures" ? "measures" : "dimensions";
  const settled = map === "dimensions" ? acrossed(report, acrossOf(report, chart)) : report;
  const left = put(settled, [map, spot.key], undefined) as Definition;
  const terms = names(report.sort).filter((each) => each.replace(/^-/, "") !== spot.key);
  return put(left, ["sort"], terms.length ? terms : undefined) as Definition;
}

/** Another chart: options of the old one mean nothing for it; what ran across still does, where the new one can. */
export function redrawn(report: Definition, old: Chart | undefined, chart: Chart): Definition {
  const { options: _options, ...rest } = acrossed(report, chart.series || chart.crossed ? acrossOf(report, old) : undefined);
  return { ...rest, chart: chart.key };
}

/** Another entity: what was chosen of the old one means nothing for it. */
export function founded(report: Definition, entity: string | undefined, count: Definition): Definition {
  const { filter: _filter, sort: _sort, on: _on, pipeline: _pipeline, dimensions: _dimensions, ...rest } = report;
  return { ...(put(rest, ["entity"], entity) as Definition), measures: { count: { ...count, order: 10 } } };
}
