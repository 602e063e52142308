// <sartor-app-designer data-definition="app/crm">: the navigation as people will see it, dragged together out of views and dashboards.
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { all } from "@ui/dom";
import { say } from "@ui/words";
import { blank } from "../core/blank";
import { at, isObject, put, same, type Definition, type Json } from "../core/json";
import { icon } from "../core/icon";
import { pick } from "../core/labels";
import type { Item, Shelf } from "../core/palette";
import { sortable, type Dropped } from "../core/sorting";
import type { Schema } from "../panel/schema";
import { Arranger, type Subject } from "../sheet/arranger";
import { choosing, entry, lacking, part } from "../sheet/schemas";
import { retireWhole } from "../sheet/whole";
import { added, dropPlace, groupsOf, headed, moved, regrouped, stepped, without, type Group } from "./menu";

const GROUP = "group:";
const HOMES = ["L1", "L2", "L3"];

export class SartorAppDesigner extends Arranger {
  @property({ attribute: "data-shelves", type: Array }) targets: Shelf[] = [];
  /** A heading without entries: the definition knows it only once something stands below it. */
  @state() private empty: Json | null = null;
  private sorted = new WeakSet<Element>();

  private get groups(): Group[] {
    return groupsOf(this.definition);
  }

  protected get order(): string[] {
    return this.groups.flatMap((group, number) => [...(group.label === undefined ? [] : [`${GROUP}${number}`]), ...group.items.map(([key]) => key)]);
  }

  protected get shelves(): Shelf[] {
    return this.targets;
  }

  private target(key: string): Item | undefined {
    return this.targets.flatMap((each) => each.items).find((each) => each.key === key);
  }

  private item(name: string): Definition {
    const found = at(this.definition, ["items", name]);
    return isObject(found) ? found : {};
  }

  private groupOf(name: string): number {
    return this.groups.findIndex((each) => each.items.some(([key]) => key === name));
  }

  private called(name: string): string {
    if (name.startsWith(GROUP)) return pick(this.groups[Number(name.slice(GROUP.length))]?.label);
    const item = this.item(name);
    return pick(item.label) || this.target(String(item.target))?.text || String(item.target ?? name);
  }

  // ---- what is done

  protected add(target: string, group?: number, index?: number): void {
    const groups = this.groups;
    const chosen = this.chosen?.startsWith(GROUP) ? Number(this.chosen.slice(GROUP.length)) : this.groupOf(this.chosen ?? "");
    const place = group ?? (chosen >= 0 ? chosen : Math.max(0, groups.length - 1));
    const made = added(this.definition, target, place, index ?? groups[place]?.items.length ?? 0);
    this.placed(made.name, made.app);
  }

  private addBelowEmpty(target: string): void {
    const made = added(this.definition, target, this.groups.length, 0);
    this.placed(made.name, put(made.app, ["items", made.name, "group"], this.empty ?? undefined) as Definition);
    this.empty = null;
  }

  private placed(name: string, app: Definition): void {
    const label = this.target(String(at(app, ["items", name, "target"])))?.text ?? name;
    this.do(say("build_entry_added", { label }), app);
    this.choose(name);
    this.say(say("build_entry_added", { label }));
    this.focusOn(name);
  }

  protected moveBy(name: string, by: number): void {
    if (name.startsWith(GROUP)) return this.moveGroup(Number(name.slice(GROUP.length)), by);
    this.moveTo(name, stepped(this.definition, name, by));
  }

  private moveTo(name: string, app: Definition): void {
    if (same(app, this.definition)) return;
    const label = this.called(name);
    this.do(say("build_field_moved", { label }), app);
    const items = this.groups.flatMap((each) => each.items.map(([key]) => key));
    this.say(say("build_moved_to", { label, n: items.indexOf(name) + 1, of: items.length }));
    this.focusOn(name);
  }

  private moveGroup(from: number, by: number): void {
    const to = from + by;
    if (to < 0 || to >= this.groups.length) return;
    const label = pick(this.groups[from]?.label);
    this.do(say("build_field_moved", { label }), regrouped(this.definition, from, to));
    this.say(say("build_moved_to", { label, n: to + 1, of: this.groups.length }));
    this.chosen = null;
    this.focusOn(`${GROUP}${to}`);
  }

  protected takeOut(name: string): void {
    const label = this.called(name);
    const number = Number(name.slice(GROUP.length));
    const app = name.startsWith(GROUP) ? headed(this.definition, number, undefined) : without(this.definition, name);
    const place = this.order.indexOf(name);
    this.do(say("build_entry_off", { label }), app);
    this.choose(null);
    this.say(say("build_entry_off", { label }));
    this.focusOn(this.order[Math.min(place, this.order.length - 1)] ?? "");
  }

  protected edit(path: string[], value: Json | undefined, merge?: string): void {
    const [head, name] = path;
    const app = head === GROUP ? headed(this.definition, Number(name), value) : (put(this.definition, path, value) as Definition);
    const label = head === "items" && name ? this.called(name) : pick(this.definition.label);
    this.do(say("build_edited", { label }), app, merge);
  }

  protected retire(): Promise<void> {
    return retireWhole(this.bench, { key: this.key, definition: this.definition, isNew: this.published === null, list: this.dataset.list ?? ".." });
  }

  private drop = (dropped: Dropped): void => {
    const to = dropped.list.dataset.entries;
    const name = dropped.moved?.dataset.name;
    if (to === "empty") {
      if (dropped.added !== undefined) this.addBelowEmpty(dropped.added);
      else if (name) {
        const app = moved(this.definition, name, this.empty ?? undefined, Infinity);
        this.empty = null;
        this.moveTo(name, app);
      }
    } else if (dropped.added !== undefined) this.add(dropped.added, Number(to), dropped.index);
    else if (name) this.moveTo(name, moved(this.definition, name, this.groups[Number(to)]?.label, dropPlace(this.definition, name, Number(to), dropped.index)));
  };

  private dropGroup = (dropped: Dropped): void => {
    const from = Number(dropped.moved?.dataset.group);
    if (Number.isInteger(from)) this.moveGroup(from, dropped.index - from);
  };

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    for (const list of all("[data-entries], [data-groups]", this)) {
      if (this.sorted.has(list)) continue;
      this.sorted.add(list);
      if (list.dataset.entries !== undefined) sortable(list, this.dragGroup, "[data-name]", this.drop);
      else sortable(list, "groups", "[data-group]", this.dropGroup, ".group-grip");
    }
  }

  // ---- what is drawn

  protected get subject(): Subject {
    const name = this.chosen;
    const items = entry(this.reading, this.schema, "items");
    if (name?.startsWith(GROUP)) {
      const number = name.slice(GROUP.length);
      const schema: Schema = { type: "object", properties: { [number]: { ...part(this.reading, items, "group"), title: say("build_heading") } } };
      return { title: this.called(name), about: say("build_group"), icon: "heading", schema, value: { [number]: this.groups[Number(number)]?.label ?? null }, path: [GROUP] };
    }
    if (name !== null) {
      const schema = choosing(this.reading, lacking(items, ["group"]), "target", this.choices(""));
      return { title: this.called(name), about: say("build_entry"), icon: "link", schema, value: this.item(name), path: ["items", name] };
    }
    return { title: pick(this.definition.label), about: say("build_app"), icon: "layout-sidebar", schema: this.appSchema, value: this.definition, path: [] };
  }

  private choices(only: string): [string, string][] {
    return this.targets.flatMap((shelf) => shelf.items.filter((each) => each.key.startsWith(only)).map((each): [string, string] => [each.key, each.key.startsWith("view/") ? `${shelf.title} · ${each.text}` : each.text]));
  }

  private get appSchema(): Schema {
    const schema = choosing(this.reading, lacking(this.schema, ["items"]), "home", this.choices(""));
    const homes = HOMES.reduce((found, level) => choosing(this.reading, found, level, this.choices("")), part(this.reading, schema, "homes"));
    const roles = { ...part(this.reading, schema, "roles"), "x-widget": "definitions:role" };
    return { ...schema, properties: { ...(schema.properties as Schema), homes, roles } };
  }

  private mark(name: string): "new" | "edited" | "" {
    const before = at(this.published ?? undefined, ["items", name]);
    return before === undefined ? "new" : same(before, this.item(name)) ? "" : "edited";
  }

  protected drawSheet(): TemplateResult {
    const app = this.definition;
    const colour = typeof app.colour === "string" ? app.colour : "indigo";
    return html`<div class="sheet stack-4 app-sheet tint-${colour}">
      <button type="button" class="entity-head ${this.chosen === null ? "is-chosen" : ""}" aria-pressed=${this.chosen === null} @click=${() => this.choose(null)}>
        <span class="kind app-icon">${icon(typeof app.icon === "string" ? app.icon : "briefcase")}</span><span class="two-lines"><b>${pick(app.label)}</b><span class="faint t-12">${say("build_app_properties")}</span></span>${icon("adjustments")}</button>
      <div data-groups @keydown=${this.onItemKey} @click=${this.onItemClick}>${repeat(this.groups, (group, number) => `${number} ${pick(group.label)}`, (group, number) => this.drawGroup(group, number))}
        ${this.groups.length || this.empty !== null ? nothing : html`<ul class="menu-entries slot" data-entries="0" aria-label=${say("build_canvas")}><li>${blank("build_no_entries")}</li></ul>`}
        ${this.empty === null ? nothing : html`<section class="menu-group is-new"><h2 class="menu-head">${pick(this.empty)}</h2><ul class="menu-entries slot" data-entries="empty" aria-label=${pick(this.empty)}><li>${say("build_drag_below")}</li></ul></section>`}</div>
      <p class="row-flex wrap"><button type="button" class="btn btn-quiet" data-add @click=${() => this.palette?.find()}>${icon("plus")}${say("build_add_entry")}<kbd class="only-desk">/</kbd></button>
        <button type="button" class="btn btn-quiet" data-add-group @click=${this.addGroup}>${icon("heading")}${say("build_add_group")}</button></p>
      ${this.elsewhere()}
    </div>`;
  }

  /** Below the chosen entry and those after it in its group, if there is one; else an empty heading waits for entries. */
  private addGroup = (): void => {
    const name = this.chosen;
    const fresh = { en: "New group", zh: "新分组" };
    if (name === null || name.startsWith(GROUP)) {
      this.empty = fresh;
      return;
    }
    const group = this.groups[this.groupOf(name)];
    const rest = group?.items.slice(group.items.findIndex(([key]) => key === name)).map(([key]) => key) ?? [];
    const app = rest.reduce((found, key) => put(found, ["items", key, "group"], fresh) as Definition, this.definition);
    this.do(say("build_group_added"), app);
    this.choose(`${GROUP}${this.groupOf(name)}`);
    this.openPanel();
  };

  private drawGroup(group: Group, number: number): TemplateResult {
    const name = `${GROUP}${number}`;
    const label = pick(group.label);
    return html`<section class="menu-group" data-group=${number} aria-label=${label || pick(this.definition.label)}>
      ${group.label === undefined ? nothing : html`<h2 class="menu-head row-flex ${this.chosen === name ? "is-chosen" : ""}" data-name=${name}><span class="group-grip" aria-hidden="true">${icon("grip-vertical")}</span><button type="button" tabindex=${this.stop === name ? 0 : -1} aria-pressed=${this.chosen === name}>${label}</button></h2>`}
      <ul class="menu-entries" data-entries=${number} aria-label=${label || pick(this.definition.label)}>${repeat(group.items, ([key]) => key, ([key, item]) => this.drawEntry(key, item))}</ul></section>`;
  }

  private drawEntry(key: string, item: Definition): TemplateResult {
    const mark = this.mark(key);
    const wrong = this.wrongAt(`/items/${key}`);
    const target = this.target(String(item.target));
    const isHome = this.definition.home === item.target;
    return html`<li data-name=${key} class="${mark ? `is-${mark}` : ""} ${this.chosen === key ? "is-chosen" : ""} ${wrong ? "is-wrong" : ""}">
      <button type="button" class="menu-entry" tabindex=${this.stop === key ? 0 : -1} aria-pressed=${this.chosen === key}><span class="grip" aria-hidden="true">${icon("grip-vertical")}</span>${icon(typeof item.icon === "string" ? item.icon : (target?.icon ?? "point"))}<span class="clip">${this.called(key)}</span>${isHome ? html`<span class="pill">${say("build_home")}</span>` : nothing}<span class="faint mono push clip only-desk">${item.target}</span></button>
      ${wrong ? html`<span class="bad t-12">${wrong}</span>` : nothing}</li>`;
  }
}

customElements.define("sartor-app-designer", SartorAppDesigner);
