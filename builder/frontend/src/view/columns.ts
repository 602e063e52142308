// Columns and order of a view as a designer changes them: each function makes a new definition out of the old one.
import { isObject, put, type Definition } from "../core/json";
import { free } from "../core/labels";
import { inOrder, placed } from "../core/orders";
import { textsOf, type Term } from "../panel/ordering";

export function columnsOf(view: Definition): [string, Definition][] {
  return inOrder(view.columns);
}

function map(view: Definition): Definition {
  return isObject(view.columns) ? view.columns : {};
}

/** What a column shows: its path, else the field that it is called after. */
export function pathOf(key: string, column: Definition): string {
  return typeof column.path === "string" ? column.path : key;
}

/** The view with a column of a path at a place, and its key. */
export function added(view: Definition, path: string, index: number): { view: Definition; name: string } {
  const name = free(path.replaceAll(".", "_").slice(0, 38), Object.keys(map(view)));
  const column: Definition = name === path ? {} : { path };
  return { view: { ...view, columns: placed(map(view), name, column, index) }, name };
}

export function moved(view: Definition, name: string, index: number): Definition {
  const column = map(view)[name];
  const last = Object.keys(map(view)).length - 1;
  return isObject(column) ? { ...view, columns: placed(map(view), name, column, Math.max(0, Math.min(index, last))) } : view;
}

export function without(view: Definition, name: string): Definition {
  return put(view, ["columns", name], undefined) as Definition;
}

/** Another type of view: options of the old one mean nothing for it. */
export function retyped(view: Definition, type: string): Definition {
  const { options: _options, ...rest } = view;
  return { ...rest, type };
}

/** The view with its records in another order. */
export function sorted(view: Definition, terms: Term[]): Definition {
  return put(view, ["sort"], terms.length ? textsOf(terms) : undefined) as Definition;
}
