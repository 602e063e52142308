// <sartor-template-designer data-definition="template/quote" data-entity="deal">: blocks of a page or a mail by dragging,
// fields put into texts, lists and tables; beside it the page filled in from a record.
import { html, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { all, icon } from "@ui/dom";
import { say } from "@ui/words";
import { ChoosingDesigner } from "../core/choosing";
import { opening } from "../core/designer";
import { at, isObject, put, same, type Definition, type Json, type Path } from "../core/json";
import { ownWords, pick, said, type Language } from "../core/labels";
import type { Related } from "../core/related";
import { sortable, type Dropped } from "../core/sorting";
import { behind, blockAt, ENTRIES, firstWords, moved, partsFor, placeOf, withBlock, withEntry, withFields, withLines, type Made } from "./blocks";
import { blocks, text } from "./draw";
import { beat, withField } from "./merging";
import { Names } from "./names";
import { Preview } from "./preview";
import { fieldList, listLabel, shelves, type Fields } from "./shelves";
import type { SartorWriting } from "./writing";
import "./writing";

const GROUP = "template";
/** Blocks that are written on the canvas. */
const TEXTS = ["heading", "text"];

/** What a list takes out of the palette: a table columns, a list fields; the page blocks, tables and fields. */
function taking(name: string, ...keys: string[]) {
  return { name, put: (_to: unknown, _from: unknown, item: HTMLElement) => keys.some((each) => item.dataset.item?.startsWith(each) ?? false) };
}
const TEXT = /^p-(blocks-.+-(?:content|value|name)|subject)-(en|zh)$/;

export class SartorTemplateDesigner extends ChoosingDesigner {
  @property({ attribute: "data-entity" }) entity = "";
  @property({ attribute: "data-shelves", type: Object }) fields: Fields = {};
  @property({ attribute: "data-lists", type: Array }) lists: Related[] = [];
  @state() private isPreview = false;
  /** The block whose text is being written. */
  @state() private writing = "";
  private preview = new Preview("", "", "");
  private names = new Names("", "", {}, () => undefined);

  // ---- what is done

  private put(made: Made, text: (label: string) => string): void {
    this.do(text(this.labelOf(made.path, made.template)), made.template);
    this.pick(made.path);
  }

  /** Puts something out of the palette in: a block or a table behind what is chosen, a field where it fits. */
  private add(key: string, index = behind(this.definition, this.chosen)): void {
    const name = key.slice(key.indexOf(":") + 1);
    if (key.startsWith("field:") || key.startsWith("column:")) return this.addField(name, key.startsWith("column:"));
    const list = key.startsWith("list:") ? this.lists[Number(name)] : undefined;
    const made = list ? withLines(this.definition, list, index) : withBlock(this.definition, name, index);
    this.put(made, (label) => say("build_block_added", { label }));
    if (TEXTS.includes(name) && !list) this.choose(made.path);
    else if (!list) this.openPanel();
  }

  private addField(path: string, isColumn: boolean): void {
    const block = blockAt(this.definition, this.chosen);
    const kind = block?.kind;
    const into = isColumn ? "lines" : "fields";
    const box = this.lastBox ? null : this.querySelector<SartorWriting>("sartor-writing");
    if (!isColumn && box) box.insert(path);
    else if (!isColumn && this.textPlace()) this.addToText(path);
    else if (kind === into) this.put(withEntry(this.definition, this.chosen, path, this.entryIndex()), (label) => say("build_field_put", { label }));
    else if (!isColumn && (kind === "text" || kind === "heading")) this.addToText(path);
    else if (!isColumn) this.put(withFields(this.definition, path, behind(this.definition, this.chosen)), (label) => say("build_field_put", { label }));
  }

  private entryIndex(): number {
    return this.chosen.length === 4 ? placeOf(this.definition, this.chosen).index + 1 : Infinity;
  }

  /** The text box that the cursor was in last, as long as what it belongs to is chosen. */
  private lastBox: { id: string; at: number } | null = null;

  private textPlace(): { path: Path; tongue: Language; at: number } | null {
    const found = this.lastBox ? TEXT.exec(this.lastBox.id) : null;
    const box = found && document.getElementById(this.lastBox?.id ?? "");
    if (!found || !box || !this.contains(box)) return null;
    return { path: (found[1] ?? "").split("-"), tongue: found[2] === "zh" ? "zh" : "en", at: this.lastBox?.at ?? 0 };
  }

  /** A field goes where the cursor was, else to the end of the text in the language that is shown. */
  private addToText(path: string): void {
    const place = this.textPlace() ?? { path: [...this.chosen.slice(0, 2), "content"], tongue: this.tongue, at: Infinity };
    const value = at(this.definition, place.path);
    const now = typeof value === "string" ? value : isObject(value) ? String(value[place.tongue] ?? "") : "";
    const made = withField(now, place.at, path);
    const next: Json | undefined = typeof value === "string" ? made.text : said(value, place.tongue, made.text);
    this.do(say("build_field_put", { label: this.names.path(this.entity, path) }), put(this.definition, place.path, next) as Definition);
    if (this.lastBox) this.lastBox.at = made.at;
  }

  protected takeOut(path: Path): void {
    if (path.length > 1) this.leave(say("build_block_off", { label: this.labelOf(path) }), path);
  }

  protected shift(path: Path, by: 1 | -1): void {
    const { index, count } = placeOf(this.definition, path);
    if (index + by < 0 || index + by >= count) return;
    const label = this.labelOf(path);
    this.do(say("build_moved_to", { label, n: index + by + 1, of: count }), moved(this.definition, path, index + by));
    this.focusStop(path.join("/"));
  }

  private drop = (dropped: Dropped): void => {
    if (dropped.added !== undefined) {
      const field = dropped.added.startsWith("field:") ? dropped.added.slice("field:".length) : "";
      if (field) this.put(withFields(this.definition, field, dropped.index), (label) => say("build_field_put", { label }));
      else this.add(dropped.added, dropped.index);
    } else if (dropped.moved?.dataset.block) this.reorder(dropped.moved.dataset.block.split("/"), dropped.index);
  };

  private dropEntry = (dropped: Dropped): void => {
    const list = (dropped.list.dataset.entries ?? "").split("/");
    const wanted = list.at(-1) === "columns" ? "column:" : "field:";
    if (dropped.added?.startsWith(wanted)) this.put(withEntry(this.definition, list, dropped.added.slice(wanted.length), dropped.index), (label) => say("build_field_put", { label }));
    else if (dropped.moved?.dataset.entry) this.reorder(dropped.moved.dataset.entry.split("/"), dropped.index);
    else this.requestUpdate();
  };

  private reorder(path: Path, index: number): void {
    const { count } = placeOf(this.definition, path);
    this.do(say("build_moved_to", { label: this.labelOf(path), n: index + 1, of: count }), moved(this.definition, path, index));
    this.pick(path);
  }

  private edit = (path: string[], value: Json | undefined, merge?: string): void => {
    this.typed(this.key, say("build_edited", { label: this.labelOf(this.chosen) }), path, value, merge);
  };

  private labelOf(path: Path, template: Definition = this.definition): string {
    const part = at(template, path);
    const kind = isObject(part) ? String(part.kind ?? "") : "";
    if (!path.length || !isObject(part)) return pick(template.label);
    if (kind) return kind === "lines" ? say("build_lines_block", { text: listLabel(this.lists, part) }) : say(`build_${kind}_block`);
    const owner = blockAt(template, path);
    const entity = owner?.kind === "lines" ? String(owner.entity ?? "") : this.entity;
    return pick(part.label) || this.names.path(entity, String(part.path ?? path.at(-1) ?? ""));
  }

  // ---- choosing and keys

  protected override pick(path: Path, isSeen = true): void {
    if (path.slice(0, 2).join("/") !== this.chosen.slice(0, 2).join("/")) this.lastBox = null;
    if (path.join("/") !== this.writing) this.writing = "";
    super.pick(path, isSeen);
  }

  /** A text is chosen to be written; anything else for its properties. */
  private choose = (path: Path): void => {
    const isText = path.length === 2 && TEXTS.includes(String(blockAt(this.definition, path)?.kind));
    this.pick(path, !isText);
    this.writing = isText ? path.join("/") : "";
  };

  protected override onOwnKey(event: KeyboardEvent, path: Path): boolean {
    if (event.key !== "Enter" || !TEXTS.includes(String(blockAt(this.definition, path)?.kind)) || path.length !== 2) return false;
    this.choose(path);
    return true;
  }

  private leaveText = (): void => {
    const place = this.writing;
    this.writing = "";
    this.focusStop(place);
  };

  private drawWriting(block: Definition): TemplateResult {
    const path = [...this.chosen.slice(0, 2), "content"];
    const first = firstWords(block);
    const change = (value: Json | undefined) => {
      const before = pick(block.content, this.tongue);
      this.edit(path, ownWords(value, first, this.tongue) ?? "", `type ${path.join("/")}/${this.tongue}`);
      if (beat(before) !== beat(pick(value, this.tongue))) this.bench.history.seal();
    };
    return html`<sartor-writing .value=${block.content} .isUnwritten=${same(block.content, first)} .tongue=${this.tongue} .fields=${fieldList(this.fields, this.entity)} .called=${this.called} .change=${change} .turn=${this.turnTongue} .leave=${this.leaveText} @focusin=${() => (this.lastBox = null)}></sartor-writing>`;
  }

  private called = (expression: string): string => this.names.of(this.entity, expression);

  private turnTongue = (tongue: Language): void => {
    document.querySelector<HTMLButtonElement>(`[data-tongue=${tongue}]`)?.click();
  };

  /** Remembers where the cursor is, for fields that come out of the palette. */
  private onCursor = (event: Event): void => {
    const box = event.target as HTMLTextAreaElement;
    if (TEXT.test(box.id)) this.lastBox = { id: box.id, at: box.selectionStart ?? box.value.length };
  };

  protected override show(path: string[]): void {
    const place = path.slice(0, ENTRIES.includes(path[2] ?? "") && path.length > 3 ? 4 : 2);
    if (place[0] === "blocks" && at(this.definition, place) !== undefined) this.pick(place);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.names = new Names(this.drafts.set, this.key, this.fields, () => this.requestUpdate());
    this.preview = new Preview(this.dataset.live ?? "", this.dataset.records ?? "", this.entity);
    this.preview.addEventListener("told", () => this.requestUpdate());
    for (const button of all<HTMLButtonElement>("[data-preview]")) button.addEventListener("click", () => this.turn(button));
  }

  private turn(button: HTMLButtonElement): void {
    this.isPreview = !this.isPreview;
    button.setAttribute("aria-pressed", String(this.isPreview));
  }

  protected override willUpdate(): void {
    super.willUpdate();
    if (this.chosen.join("/") !== this.writing) this.writing = "";
    if (this.isReady && this.isPreview) this.preview.follow(this.definition, this.tongue);
  }

  protected wireLists(): void {
    for (const list of all("[data-blocks]", this)) this.wire(list, () => sortable(list, taking("blocks", "block:", "list:", "field:"), "[data-block]", this.drop, "[data-grip]"));
    for (const list of all("[data-entries]", this)) this.wire(list, () => sortable(list, taking("entries", list.dataset.entries?.endsWith("/columns") ? "column:" : "field:"), "[data-entry]", this.dropEntry));
  }

  // ---- what is drawn

  protected override render(): TemplateResult {
    if (!this.isReady) return opening();
    const block = blockAt(this.definition, this.chosen);
    const lines = block?.kind === "lines" ? String(block.entity ?? "") : undefined;
    return html`<sartor-palette .shelves=${shelves(this.definition, this.entity, this.fields, this.lists, lines)} group=${GROUP} @add=${(event: CustomEvent<string>) => this.add(event.detail)} @leave=${() => this.focusStop(this.stop)}></sartor-palette>
      <section class="main canvas" aria-label=${say("build_canvas")} @keydown=${this.onStopKey}>${this.isPreview ? this.preview.draw(this.definition.purpose === "mail", this.isPhone) : this.page()}</section>
      <aside class="panel" aria-label=${say("build_properties")} @focusin=${this.onCursor} @keyup=${this.onCursor} @pointerup=${this.onCursor} @input=${this.onCursor}>${this.side(block)}</aside>
      <div class="sr" aria-live="assertive" data-says></div>`;
  }

  private page(): TemplateResult {
    const { definition: template, published, entity, names, stop, tongue } = this;
    const canvas = { key: this.key, lists: this.lists, template, published, entity, names, stop, chosen: this.chosen.join("/"), language: tongue, problems: this.bench.problems, choose: this.choose, writing: this.writing, write: (block: Definition) => this.drawWriting(block) };
    return html`<div class="sheet template-sheet ${this.isPhone ? "is-phone" : ""}" lang=${tongue === "zh" ? "zh-Hans" : "en"}>
      <button type="button" class="entity-head ${this.chosen.length ? "" : "is-chosen"}" data-stop="" tabindex=${stop === "" ? 0 : -1} aria-pressed=${!this.chosen.length} @click=${() => this.pick([])}><span class="kind">${icon(template.purpose === "mail" ? "mail" : "printer")}</span><span class="two-lines"><span class="medium clip">${text(canvas, template.subject ?? template.label)}</span><span class="t-12 faint clip">${say("build_template_properties")}</span></span>${icon("adjustments-horizontal")}</button>
      <p class="row-flex only-phone"><button type="button" class="btn btn-default" data-add @click=${this.findInPalette}>${icon("plus")}${say("build_blocks")}</button></p>
      ${blocks(canvas)}${this.elsewhere()}</div>`;
  }

  private partsOf(schema: Definition, value: Definition): string[] {
    return this.chosen.length > 2 ? [] : partsFor(schema, this.chosen.length ? value.kind : (value.purpose ?? "print"), value);
  }

  private side(block: Definition | undefined): TemplateResult {
    const path = this.chosen;
    const value = path.length ? at(this.definition, path) : this.definition;
    const schema = this.reading.below(this.schema, path);
    const entity = path.length === 4 && block?.kind === "lines" ? String(block.entity ?? "") : this.entity;
    const around = { reading: this.reading, world: this.world, file: this.key, entity, problems: this.bench.problems, isChecked: this.bench.isChecked, edit: this.edit };
    const hasText = path.length === 0 || block?.kind === "text" || block?.kind === "heading" || block?.kind === "signature";
    return html`<header>${icon("file-text")}<h2 class="grow clip">${this.labelOf(path)} <span class="faint t-12">${path.length === 2 ? say("build_block") : ""}</span></h2></header>
      <sartor-panel .around=${around} .schema=${schema} .value=${isObject(value) ? value : {}} .path=${path} .only=${this.partsOf(schema, isObject(value) ? value : {})} heading=${say("build_properties")} .lead=${path.length ? undefined : this.wholeName()}></sartor-panel>
      ${hasText ? html`<p class="note in-panel">${say("build_in_text")}</p>` : ""}
      ${path.length > 1 ? html`<fieldset><legend>${say("build_use")}</legend><div class="row-flex wrap"><button type="button" class="btn btn-danger" data-off @click=${() => this.takeOut(path)}>${icon("x")}${say("build_take_out")}</button></div></fieldset>` : ""}`;
  }
}

customElements.define("sartor-template-designer", SartorTemplateDesigner);
