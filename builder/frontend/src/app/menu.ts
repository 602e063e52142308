// The navigation of an app as a designer changes it: runs of entries below one heading. A heading is stored with each
// of its entries, so an empty group is only a wish of the designer until something stands in it.
import { isObject, put, same, type Definition, type Json } from "../core/json";
import { free } from "../core/labels";
import { inOrder, placed } from "../core/orders";

export interface Group {
  label: Json | undefined;
  items: [string, Definition][];
}

function map(app: Definition): Definition {
  return isObject(app.items) ? app.items : {};
}

/** Entries one after the other with the same heading are a group, as in the navigation itself. */
export function groupsOf(app: Definition): Group[] {
  const groups: Group[] = [];
  for (const pair of inOrder(app.items)) {
    const last = groups.at(-1);
    if (last && same(last.label, pair[1].group)) last.items.push(pair);
    else groups.push({ label: pair[1].group, items: [pair] });
  }
  return groups;
}

function under(item: Definition, label: Json | undefined): Definition {
  return put(item, ["group"], label) as Definition;
}

/** How many entries stand before a place in a group. */
function placeOf(groups: Group[], group: number, index: number): number {
  return groups.slice(0, group).reduce((sum, each) => sum + each.items.length, 0) + index;
}

/** The app with a target in a group, and the entry's key. */
export function added(app: Definition, target: string, group: number, index: number): { app: Definition; name: string } {
  const groups = groupsOf(app);
  const name = free(target.split("/")[1]?.replaceAll(".", "_").slice(0, 36) ?? "entry", Object.keys(map(app)));
  const item = under({ target }, groups[group]?.label);
  return { app: { ...app, items: placed(map(app), name, item, placeOf(groups, group, index)) }, name };
}

/** An entry at a place in a group, counted without the entry itself. */
export function moved(app: Definition, name: string, label: Json | undefined, place: number): Definition {
  const item = map(app)[name];
  return isObject(item) ? { ...app, items: placed(map(app), name, under(item, label), place) } : app;
}

/** Where an entry comes to stand that is dropped into a group at an index. */
export function dropPlace(app: Definition, name: string, group: number, index: number): number {
  const before = groupsOf(app).slice(0, group).flatMap((each) => each.items.map(([key]) => key));
  return before.filter((key) => key !== name).length + index;
}

/** One step up or down; at the edge of its group it goes over into the next one. */
export function stepped(app: Definition, name: string, by: number): Definition {
  const groups = groupsOf(app);
  const at = groups.findIndex((each) => each.items.some(([key]) => key === name));
  const here = groups[at];
  if (!here) return app;
  const index = here.items.findIndex(([key]) => key === name);
  const inside = index + by >= 0 && index + by < here.items.length;
  const flat = placeOf(groups, at, index);
  if (inside) return moved(app, name, here.label, flat + by);
  const next = groups[at + by];
  return next ? moved(app, name, next.label, flat) : app;
}

export function without(app: Definition, name: string): Definition {
  const items = put(map(app), [name], undefined);
  return { ...app, items };
}

/** Another heading for a whole group; undefined leaves it without one. */
export function headed(app: Definition, group: number, label: Json | undefined): Definition {
  const names = groupsOf(app)[group]?.items.map(([key]) => key) ?? [];
  const entries = Object.entries(map(app)).map(([key, item]) => [key, names.includes(key) ? under(item as Definition, label) : item]);
  return { ...app, items: Object.fromEntries(entries) };
}

/** The groups in another order: every entry gets a new place. */
export function regrouped(app: Definition, from: number, to: number): Definition {
  const groups = groupsOf(app);
  const [group] = groups.splice(from, 1);
  if (!group) return app;
  groups.splice(Math.max(0, Math.min(to, groups.length)), 0, group);
  const items = groups.flatMap((each) => each.items).map(([key, item], number) => [key, { ...item, order: (number + 1) * 10 }]);
  return { ...app, items: Object.fromEntries(items) };
}

