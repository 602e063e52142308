// What designers of rows share: lists of entries that are dragged, moved by keys, chosen and described in the panel.
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { all, icon, isTyping } from "@ui/dom";
import { ask } from "@ui/net";
import { say } from "@ui/words";
import { Designer, opening } from "../core/designer";
import type { Problem } from "../core/drafts";
import { isObject, pointer, put, same, type Definition, type Json } from "../core/json";
import { LANGUAGES, ownWords, pick, slug, textIn } from "../core/labels";
import { rename } from "../core/naming";
import type { SartorPalette, Shelf } from "../core/palette";
import { sortable, type Dropped } from "../core/sorting";
import { NAME } from "../entity/fields";
import { retire } from "../entity/retire";
import type { Around } from "../panel/panel";
import { entryOf, mapOf, placedAs, withKey } from "./entries";

/** A list on the canvas. map: the part of the definition whose entries it shows, in this order. */
export interface RowList {
  id: string;
  map: string;
  names: string[];
}

export interface Chosen {
  map: string;
  name: string;
}

export abstract class RowsDesigner extends Designer {
  @state() protected chosen: Chosen | null = null;
  @state() private isJson = false;
  @state() private uses = "";
  /** The tab stop of each list. */
  private stops = new Map<string, string>();
  private sorting = new Set<HTMLElement>();
  /** Entries made on this page: until somebody names them, their key follows their label. */
  /** Entries made on this page, with the label that they began with: until somebody names them, their name follows it. */
  private newborn = new Map<string, Json | undefined>();

  protected abstract get lists(): RowList[];
  protected abstract get shelves(): Shelf[];
  /** The group of lists into which the palette puts its items. */
  protected abstract readonly group: string;
  protected abstract add(item: string, list?: string, index?: number): void;
  protected abstract takeOut(row: Chosen): void | Promise<void>;
  protected abstract drawSheet(): TemplateResult;
  /** What a row is called where its own label stands beside it. */
  protected abstract kindOf(map: string): { text: string; icon: string };
  /** References to a key inside the definition. */
  protected abstract followed(definition: Definition, row: Chosen, name: string): Definition;

  protected keyForm(_map: string): RegExp {
    return NAME;
  }

  // ---- what is done

  protected do(text: string, definition: Definition, merge?: string): void {
    this.bench.change(text, { [this.key]: definition }, merge ? { merge } : {});
  }

  protected entry({ map, name }: Chosen): Definition {
    return entryOf(this.definition, map, name);
  }

  protected labelOf(row: Chosen): string {
    return pick(this.entry(row).label) || row.name;
  }

  protected added(row: Chosen, definition: Definition, text: string): void {
    this.newborn.set(`${row.map}/${row.name}`, entryOf(definition, row.map, row.name).label);
    this.do(text, definition);
    this.choose(row);
    this.say(text);
    void this.updateComplete.then(() => this.openPanel());
  }

  /** The definition with a row at a place of its list. */
  protected placed(list: RowList, name: string, entry: Definition, index: number): Definition {
    return placedAs(this.definition, list.map, list.names, { name, entry, index });
  }

  protected move(list: RowList, name: string, index: number): void {
    const row = { map: list.map, name };
    const wanted = Math.max(0, Math.min(index, list.names.length - 1));
    if (wanted === list.names.indexOf(name)) return;
    const label = this.labelOf(row);
    this.do(say("build_field_moved", { label }), this.placed(list, name, this.entry(row), wanted));
    this.say(say("build_moved_to", { label, n: wanted + 1, of: list.names.length }));
    this.focusRow(list.id, name);
  }

  /** A row that was dragged into another list. */
  protected carried(_name: string, _from: RowList, _to: RowList, _index: number): void {
    this.requestUpdate();
  }

  private drop = (dropped: Dropped): void => {
    const to = this.list(dropped.list.dataset.rows);
    const from = this.list(dropped.from.dataset.rows);
    const name = dropped.moved?.dataset.name;
    if (dropped.added !== undefined) this.add(dropped.added, to?.id, dropped.index);
    else if (name && to && from && to.id === from.id) this.move(to, name, dropped.index);
    else if (name && to && from) this.carried(name, from, to, dropped.index);
  };

  protected edit = (path: string[], value: Json | undefined, merge?: string): void => {
    const [map, name] = path;
    const isRow = map !== undefined && name !== undefined && this.lists.some((each) => each.map === map);
    const label = isRow ? this.labelOf({ map, name }) : pick(this.definition.label);
    this.do(say("build_edited", { label }), put(this.definition, path, value) as Definition, merge);
  };

  // ---- keys of entries

  protected isPublished(row: Chosen): boolean {
    return this.publishedName(row) !== undefined;
  }

  /** What an entry is called where it is published: a name that it had, else its own. */
  private publishedName({ map, name }: Chosen): string | undefined {
    const known = isObject(this.published) ? mapOf(this.published, map) : {};
    const former = this.entry({ map, name }).formerly;
    const had = (Array.isArray(former) ? former.map(String) : []).reverse();
    return had.find((each) => each in known) ?? (name in known ? name : undefined);
  }

  private rekey(row: Chosen, wanted: string): void {
    const definition = this.followed(withKey(this.definition, row.map, row.name, wanted), row, wanted);
    this.do(say("build_renamed", { old: row.name, name: wanted }), definition);
    this.chosen = { ...row, name: wanted };
  }

  /** Records and other definitions hold the key, of a published entry or of one that was kept before. */
  private async rekeyEverywhere(row: Chosen, wanted: string): Promise<void> {
    if (await rename(this.bench, { key: this.key, entry: row.name, to: wanted })) this.chosen = { ...row, name: wanted };
    this.requestUpdate();
  }

  private askKey(row: Chosen, wanted: string): void {
    if (wanted && wanted !== row.name) {
      const isTaken = wanted in mapOf(this.definition, row.map);
      if (isTaken || !this.keyForm(row.map).test(wanted)) this.warn(say(isTaken ? "build_name_taken" : "build_key_form", { name: wanted }));
      else {
        const isNewborn = this.newborn.delete(`${row.map}/${row.name}`);
        if (!isNewborn && this.isInRecords(row.map)) return void this.rekeyEverywhere(row, wanted);
        this.rekey(row, wanted);
      }
    }
    this.requestUpdate();
  }

  private nameAfterLabel = async (event: FocusEvent): Promise<void> => {
    const row = this.chosen;
    const language = LANGUAGES.find((each) => (event.target as HTMLElement).id.endsWith(`-label-${each}`));
    if (!row || !language || !this.newborn.has(`${row.map}/${row.name}`)) return;
    const first = this.newborn.get(`${row.map}/${row.name}`);
    const text = textIn(this.entry(row).label, language);
    if (!text || text === pick(first, language)) return;
    const wanted = language === "en" ? slug(text) : await this.drafts.called(text);
    if (this.newborn.has(`${row.map}/${row.name}`)) this.callNewborn(row, wanted, ownWords(this.entry(row).label, first, language));
  };

  private callNewborn(row: Chosen, wanted: string, label: Json | undefined): void {
    if (!same(label, this.entry(row).label)) this.edit([row.map, row.name, "label"], label);
    if (!wanted || wanted === row.name || wanted in mapOf(this.definition, row.map)) return;
    this.newborn.set(`${row.map}/${wanted}`, this.newborn.get(`${row.map}/${row.name}`));
    this.newborn.delete(`${row.map}/${row.name}`);
    this.rekey(row, wanted);
  }

  // ---- choosing and keys

  protected list(id: string | undefined): RowList | undefined {
    return this.lists.find((each) => each.id === id);
  }

  protected choose(row: Chosen | null): void {
    this.bench.history.seal();
    this.chosen = row;
    this.isJson = false;
    const list = row && this.lists.find((each) => each.map === row.map && each.names.includes(row.name));
    if (list) this.stops.set(list.id, row.name);
  }

  protected isStop(list: RowList, name: string): boolean {
    const stop = this.stops.get(list.id) ?? "";
    return name === (list.names.includes(stop) ? stop : list.names[0]);
  }

  protected focusRow(list: string, name: string): void {
    this.stops.set(list, name);
    this.requestUpdate();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`[data-rows="${list}"] [data-name="${CSS.escape(name)}"]`)?.focus());
  }

  private focusChosen(): void {
    const row = this.chosen;
    const list = row ? this.lists.find((each) => each.map === row.map && each.names.includes(row.name)) : this.lists.find((each) => each.names.length);
    const name = row?.name ?? list?.names[0];
    if (list && name) this.focusRow(list.id, name);
  }

  protected openPanel(): void {
    const panel = this.querySelector<HTMLElement>(".panel");
    const first = () => panel?.querySelector<HTMLElement>("[id$='-label-en'], [id$='-label-zh']") ?? panel?.querySelector<HTMLElement>("input:not([type=radio]):not([readonly]), select");
    void Promise.resolve().then(() => requestAnimationFrame(() => first()?.focus()));
  }

  private onRowKey = (event: KeyboardEvent): void => {
    const place = (event.target as Element).closest<HTMLElement>("[data-name]");
    const list = this.list(place?.closest<HTMLElement>("[data-rows]")?.dataset.rows);
    const name = place?.dataset.name;
    if (!list || !name || event.ctrlKey || event.metaKey) return;
    const at = list.names.indexOf(name);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && event.altKey) this.move(list, name, at + step);
    else if (step) this.focusRow(list.id, list.names[at + step] ?? name);
    else if (event.key === "Home" || event.key === "End") this.focusRow(list.id, list.names.at(event.key === "Home" ? 0 : -1) ?? name);
    else if (event.key === "Enter" || event.key === " ") this.open({ map: list.map, name });
    else if (event.key === "Delete" || event.key === "Backspace") void this.leave(list, name);
    else return;
    event.preventDefault();
  };

  private open(row: Chosen): void {
    this.choose(row);
    void this.updateComplete.then(() => this.openPanel());
  }

  /** Takes a row out; the tab stop goes to its neighbour. */
  private async leave(list: RowList, name: string): Promise<void> {
    const at = list.names.indexOf(name);
    await this.takeOut({ map: list.map, name });
    const left = this.list(list.id)?.names ?? [];
    const next = left.includes(name) ? name : left[Math.min(at, left.length - 1)];
    if (next) this.focusRow(list.id, next);
  }

  private onRowClick = (event: Event): void => {
    const place = (event.target as Element).closest<HTMLElement>("[data-name]");
    const list = this.list(place?.closest<HTMLElement>("[data-rows]")?.dataset.rows);
    if (!list || !place?.dataset.name) return;
    this.choose({ map: list.map, name: place.dataset.name });
    this.showPanel();
  };

  /** On a phone the panel stands below the canvas. */
  protected showPanel(): void {
    const panel = this.querySelector(".panel");
    if (panel && getComputedStyle(panel).position === "static") panel.scrollIntoView({ behavior: "smooth" });
  }

  private onKey = (event: KeyboardEvent): void => {
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "/" && !isTyping(event.target)) {
      event.preventDefault();
      this.palette?.find();
    } else if (event.key === "Escape" && (event.target as Element).closest?.(".panel")) this.focusChosen();
  };

  protected get palette(): SartorPalette | null {
    return this.querySelector<SartorPalette>("sartor-palette");
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", this.onKey);
    void this.askUses();
  }

  protected override willUpdate(): void {
    const row = this.chosen;
    if (row && !(row.name in mapOf(this.definition, row.map))) this.chosen = null;
  }

  protected override updated(): void {
    for (const list of all("[data-rows]", this)) {
      if (this.sorting.has(list)) continue;
      this.sorting.add(list);
      sortable(list, this.list(list.dataset.rows)?.map ?? this.group, "[data-name]", this.drop);
    }
  }

  /** Where the definition is used, as the server says it. */
  private async askUses(): Promise<void> {
    const answer = await ask(`${this.dataset.uses ?? ""}?key=${encodeURIComponent(this.key)}`);
    if (answer?.ok) this.uses = await answer.text();
  }

  // ---- what is drawn

  protected override render(): TemplateResult {
    if (!this.isReady) return opening();
    return html`<sartor-palette .shelves=${this.shelves} group=${this.group} @add=${(event: CustomEvent<string>) => this.add(event.detail)} @leave=${() => this.focusChosen()}></sartor-palette>
      <section class="main canvas" aria-label=${say("build_canvas")}><div class="sheet stack-4 entity-sheet" @keydown=${this.onRowKey} @click=${this.onRowClick}>${this.drawSheet()}${this.elsewhere()}</div></section>
      <aside class="panel" aria-label=${say("build_properties")} @focusout=${this.nameAfterLabel}>${this.drawPanel()}</aside>
      <div class="sr" aria-live="assertive" data-says></div>`;
  }

  protected drawHead(sign: string, hint: string): TemplateResult {
    return html`<button type="button" class="entity-head ${this.chosen === null ? "is-chosen" : ""}" aria-pressed=${this.chosen === null} @click=${() => this.choose(null)}>
      <span class="kind">${icon(sign)}</span><span class="what"><b>${pick(this.definition.label)}</b><span class="faint t-12">${hint}</span></span>${icon("adjustments")}</button>`;
  }

  protected drawAdd(text: string): TemplateResult {
    return html`<p class="row-flex"><button type="button" class="btn btn-quiet" data-add @click=${() => this.palette?.find()}>${icon("plus")}${text}<kbd class="only-desk">/</kbd></button></p>`;
  }

  protected mark(row: Chosen): "new" | "edited" | "" {
    const former = this.publishedName(row);
    if (former === undefined) return "new";
    return same(entryOf(this.published ?? {}, row.map, former), this.entry(row)) ? "" : "edited";
  }

  protected problemsOf({ map, name }: Chosen): Problem[] {
    const here = pointer([map, name]);
    return this.bench.problems.filter((each) => each.file === this.key && (each.field === here || each.field.startsWith(`${here}/`)));
  }

  private rowSchema(map: string): Definition {
    const properties = this.schema.properties;
    const whole = this.reading.resolved(isObject(properties) ? properties[map] : {});
    return this.reading.resolved(whole.additionalProperties);
  }

  /** Whose fields expressions and paths mean. */
  protected get entity(): string {
    return "";
  }

  private get around(): Around {
    return { reading: this.reading, world: this.world, file: this.key, entity: this.entity, problems: this.bench.problems, isChecked: this.bench.isChecked, edit: this.edit };
  }

  private drawPanel(): TemplateResult {
    const row = this.chosen;
    const value = row ? this.entry(row) : this.definition;
    const about = this.kindOf(row?.map ?? "");
    const title = row ? this.labelOf(row) : pick(this.definition.label) || this.name;
    return html`<header>${icon(about.icon)}<h2 class="grow clip">${title} <span class="faint t-12">${about.text}</span></h2>
        <button type="button" class="btn btn-quiet btn-icon" aria-pressed=${this.isJson} aria-label=${say("build_json")} title=${say("build_json")} @click=${() => (this.isJson = !this.isJson)}>${icon("braces")}</button></header>
      ${this.isJson ? html`<pre class="json" tabindex="0" aria-label=${say("build_json")}>${JSON.stringify(value, null, 2)}</pre>` : this.drawParts(row, value)}
      ${row ? this.drawRowUse(row) : this.drawUse(about.text)}`;
  }

  protected drawParts(row: Chosen | null, value: Definition): TemplateResult {
    const lead = row ? this.keyLine(row) : this.wholeName();
    return html`<sartor-panel .around=${this.around} .schema=${row ? this.rowSchema(row.map) : this.schema} .value=${value} .path=${row ? [row.map, row.name] : []} heading=${say("build_properties")} .lead=${lead}></sartor-panel>`;
  }

  /** Whether records hold keys of a map. */
  protected abstract isInRecords(map: string): boolean;

  protected keyHint(_map: string): string {
    return say("build_key_hint");
  }

  /** The key of a published entry stands in records, which follow another one. */
  protected keyLine(row: Chosen): TemplateResult {
    const isKept = this.isPublished(row) && this.isInRecords(row.map);
    return html`<div class="field"><label for="p-key">${say("build_key")}</label><input class="form-control mono" id="p-key" autocomplete="off" spellcheck="false" maxlength="40" aria-describedby="p-key-hint" .value=${live(row.name)} @change=${(event: Event) => this.askKey(row, (event.target as HTMLInputElement).value.trim())}><span class="hint" id="p-key-hint">${isKept ? say("build_key_followed") : this.keyHint(row.map)}</span></div>`;
  }

  /** What can be done with a row as a whole. */
  protected drawRowUse(row: Chosen): TemplateResult {
    return html`<fieldset><legend>${say("build_use")}</legend><div class="row-flex wrap"><button type="button" class="btn btn-danger" data-retire @click=${() => void this.takeOut(row)}>${icon("x")}${say("build_take_out")}</button></div></fieldset>`;
  }

  private drawUse(kind: string): TemplateResult {
    return html`<fieldset class="uses"><legend>${say("build_use")}</legend>${this.uses ? unsafeHTML(this.uses) : nothing}
      <div class="row-flex wrap"><button type="button" class="btn btn-danger" data-retire @click=${() => void this.retire()}>${icon("archive")}${say("build_retire_whole", { kind })}</button></div></fieldset>`;
  }

  private async retire(): Promise<void> {
    if (!(await retire(this.bench, { key: this.key, label: pick(this.definition.label) || this.key, isNew: this.published === null }))) return;
    await this.bench.keep();
    if (this.bench.state === "kept") location.assign(this.dataset.list ?? "..");
  }
}
