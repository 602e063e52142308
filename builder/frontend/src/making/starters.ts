// What a new view, report, dashboard, app or role begins with.
import { isObject, type Definition } from "../core/json";

export interface Filled {
  label: Definition;
  name: string;
  entity: string;
  type: string;
}

export function view({ label, entity, type }: Filled, about: Definition | null): Definition {
  const title = isObject(about) && typeof about.title === "string" ? about.title : "id";
  return { label, entity, type, columns: { [title]: { order: 10 } } };
}

/** A count, by the month of making where the chart needs something to group by: it shows numbers at once. */
export function report({ label, entity, type }: Filled, leastDimensions: number): Definition {
  const months: Definition = { created_at: { bucket: "month", order: 10 } };
  const count = { formula: "count()", label: { en: "Records", zh: "记录数" }, order: 10 };
  return { label, entity, chart: type, ...(leastDimensions > 0 ? { dimensions: months } : {}), measures: { count } };
}

export function app({ label }: Filled): Definition {
  return { label, icon: "briefcase", items: {} };
}

export function dashboard({ label }: Filled): Definition {
  return { label, cards: {}, filters: ["period"] };
}

export function role({ label }: Filled): Definition {
  return { label, grants: {} };
}
