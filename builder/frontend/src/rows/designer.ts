// What designers of rows share: lists of entries that are dragged, moved by keys, chosen and described in the panel.
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { all, icon } from "@ui/dom";
import { ask } from "@ui/net";
import { say } from "@ui/words";
import { opening } from "../core/designer";
import type { Problem } from "../core/drafts";
import { isObject, pointer, same, type Definition } from "../core/json";
import { pick } from "../core/labels";
import type { SartorPalette, Shelf } from "../core/palette";
import { sortable, type Dropped } from "../core/sorting";
import { retire } from "../entity/retire";
import type { Around } from "../panel/panel";
import { RowActs, type Chosen, type RowList } from "./acts";
import { entryOf, mapOf } from "./entries";

export abstract class RowsDesigner extends RowActs {
  @state() private isJson = false;
  @state() private uses = "";
  /** The tab stop of each list. */
  private stops = new Map<string, string>();
  private sorting = new Set<HTMLElement>();

  protected abstract get shelves(): Shelf[];
  /** The group of lists into which the palette puts its items. */
  protected abstract readonly group: string;
  protected abstract add(item: string, list?: string, index?: number): void;
  protected abstract takeOut(row: Chosen): void | Promise<void>;
  protected abstract drawSheet(): TemplateResult;
  /** What a row is called where its own label stands beside it. */
  protected abstract kindOf(map: string): { text: string; icon: string };

  // ---- choosing and keys

  private drop = (dropped: Dropped): void => {
    const to = this.list(dropped.list.dataset.rows);
    const from = this.list(dropped.from.dataset.rows);
    const name = dropped.moved?.dataset.name;
    if (dropped.added !== undefined) this.add(dropped.added, to?.id, dropped.index);
    else if (name && to && from && to.id === from.id) this.move(to, name, dropped.index);
    else if (name && to && from) this.carried(name, from, to, dropped.index);
  };

  protected list(id: string | undefined): RowList | undefined {
    return this.lists.find((each) => each.id === id);
  }

  protected choose(row: Chosen | null): void {
    this.bench.history.seal();
    this.chosen = row;
    this.isJson = false;
    this.querySelector(".panel")?.scrollTo(0, 0);
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

  protected openPanel(anew = false): void {
    const panel = this.querySelector<HTMLElement>(".panel");
    const first = () => panel?.querySelector<HTMLElement>("[id$='-label-en'], [id$='-label-zh']") ?? panel?.querySelector<HTMLElement>("input:not([type=radio]):not([readonly]), select");
    const start = () => {
      const box = first();
      box?.focus();
      if (anew && box instanceof HTMLInputElement) box.select();
    };
    void Promise.resolve().then(() => requestAnimationFrame(start));
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

  protected override backToCanvas(): void {
    this.focusChosen();
  }

  protected get palette(): SartorPalette | null {
    return this.querySelector<SartorPalette>("sartor-palette");
  }

  override connectedCallback(): void {
    super.connectedCallback();
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
      <span class="kind">${icon(sign)}</span><span class="two-lines"><b>${pick(this.definition.label)}</b><span class="faint t-12">${hint}</span></span>${icon("adjustments")}</button>`;
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
    if (!(await retire(this.bench, { key: this.key, label: pick(this.definition.label) || this.key, isNew: this.published === null, leaves: true }))) return;
    await this.bench.keep();
    if (this.bench.state === "kept") location.assign(this.dataset.list ?? "..");
  }
}
