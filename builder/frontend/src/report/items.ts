// What the palette of a report offers, told by the server: what each field or metric may be used for.
import type { Item, Shelf } from "../core/palette";
import type { Definition } from "../core/json";
import type { Where } from "./pivot";

/** One way to make a number of a field. labels: what such a measure is called. */
export interface Way {
  way: string;
  text?: string;
  formula: string;
  format: string;
  labels: Definition;
}

export interface ReportItem extends Item {
  label: string;
  groups?: boolean;
  dated?: boolean;
  /** Of a number: the limits that its bands begin with. */
  bands?: string[];
  measures?: Way[];
  metric?: string;
  /** What a filter on it begins with. */
  condition?: string;
}

export interface ReportShelf extends Shelf {
  items: ReportItem[];
}

export function fits(item: ReportItem | undefined, where: Where): boolean {
  if (!item) return false;
  if (where === "measures") return Boolean(item.metric) || Boolean(item.measures?.length);
  if (where === "filters") return Boolean(item.condition);
  return item.groups === true;
}

/** What a field becomes where nobody says it: numbers are summed, all else is grouped by, first by rows. */
export function usual(item: ReportItem, room: { rows: boolean; columns: boolean }): Where {
  if (item.metric || !item.groups || ["sum", "avg"].includes(item.measures?.[0]?.way ?? "")) return fits(item, "measures") ? "measures" : "filters";
  if (room.rows) return "rows";
  return room.columns ? "columns" : "rows";
}

/** How a field is grouped by where nobody says it: days by month, numbers in bands. */
export function shapeOf(item: ReportItem): Definition {
  return { ...(item.dated ? { bucket: "month" } : {}), ...(item.bands?.length ? { bands: item.bands } : {}) };
}

/** A measure as a definition keeps it. */
export function measureOf(item: ReportItem, way?: Way): Definition {
  if (item.metric) return { metric: item.metric };
  const chosen = way ?? item.measures?.[0];
  if (!chosen) return {};
  return { formula: chosen.formula, label: chosen.labels, ...(chosen.format === "number" ? {} : { format: chosen.format }) };
}

/** The key that a measure asks for. */
export function keyOf(item: ReportItem, way?: Way): string {
  if (item.metric) return item.metric;
  const chosen = way ?? item.measures?.[0];
  return chosen?.way ? `${chosen.way}_${item.key}` : item.key;
}
