// <sartor-conditions>: the query builder. Conditions as rows, in groups that all or any of them must hold; every act
// writes the text of the filter anew. A row that waits for a value is no part of the text yet, and says so.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import type { Asking, ConditionField, Fault, Group, Join, Judged, Row } from "./asking";
import { Fields, fieldChoice } from "./fields";
import { added, at, EMPTY, isComplete, isGroup, isRow, isTurned, operatorOf, placeOf, put, rowOf, sent, withOperator, type Way } from "./tree";
import { valueInputs } from "./values";

const DEEPEST = 3;
/** How the items of a group go together, and the word that says so. */
const JOINS: [Join, string][] = [["and", "build_all_of"], ["or", "build_any_of"], ["nor", "build_none_of"], ["nand", "build_not_all_of"]];

export class SartorConditions extends LitElement {
  @property({ attribute: false }) asking: Asking | undefined;
  @property() value = "";
  /** What the server said of the value; its tree is shown as long as nobody edits here. */
  @property({ attribute: false }) judged: Judged | null = null;
  @property() control = "";
  @property() label = "";
  /** Writes the rows as text; answers what is wrong with them. */
  @property({ attribute: false }) write: (tree: Group) => Promise<Fault[]> = () => Promise.resolve([]);
  @state() private tree: Group = EMPTY;
  @state() private wrong = new Map<string, string>();
  private fields = new Fields(() => this.requestUpdate());
  /** The text that the tree was read from or written to. */
  private shown: string | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("asking")) {
      this.fields.of(this.asking);
      this.shown = undefined;
      this.tree = EMPTY;
    }
    if (this.value === this.shown) return;
    if (!this.value) this.take(EMPTY);
    else if (this.judged?.text === this.value && this.judged.tree) this.take(this.judged.tree);
  }

  private take(tree: Group): void {
    this.tree = tree;
    this.shown = this.value;
    this.wrong = new Map();
  }

  private async edit(tree: Group): Promise<void> {
    this.tree = tree;
    const found = await this.write(sent(tree));
    if (this.tree !== tree) return;
    this.shown = (this.closest("sartor-expression") as { value?: string } | null)?.value ?? this.value;
    this.wrong = new Map(found.map((each) => [placeOf(tree, each.field ?? "").join("."), each.message]));
  }

  private add(way: Way, field: ConditionField): void {
    void this.edit(added(this.tree, way, rowOf(field)));
    const place = [...way, (at(this.tree, way) as Group).items.length - 1];
    this.focusOn(`[data-way="${place.join(".")}"] [data-operator]`);
  }

  private addGroup(way: Way): void {
    const first = this.fields.below("")[0];
    if (first) void this.edit(added(this.tree, way, { join: "or", items: [rowOf(first)] }));
  }

  private off(way: Way): void {
    void this.edit(put(this.tree, way, undefined));
    this.focusOn("[data-add-condition]");
  }

  private focusOn(selector: string): void {
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(selector)?.focus());
  }

  protected override render(): TemplateResult {
    if (this.value && this.value !== this.shown) return html`<p class="faint t-12" aria-busy="true">${say("build_opening")}</p>`;
    return html`<div class="conditions">${this.drawGroup(this.tree, [])}</div>`;
  }

  private drawGroup(tree: Group, way: Way): TemplateResult {
    const join = (event: Event) => {
      const chosen = (event.target as HTMLSelectElement).value as Join;
      void this.edit(way.length ? put(this.tree, way, { ...tree, join: chosen }) : { ...tree, join: chosen });
    };
    const isOuter = !way.length;
    const name = isOuter ? this.label : say("build_group_of_conditions");
    return html`<div class="condition-group ${isOuter ? "" : "is-inner"}" role="group" aria-label=${name} data-way=${way.join(".")}>
      ${tree.items.length > 1 || !isOuter || isTurned(tree.join) ? html`<div class="row-flex group-head"><select class="form-select" aria-label=${say("build_join", { text: name })} data-join @change=${join}>${JOINS.map(([key, words]) => html`<option value=${key} .selected=${tree.join === key}>${say(words)}</option>`)}</select>${isOuter ? nothing : this.drawOff(way, name)}</div>` : nothing}
      ${tree.items.map((each, place) => {
        const here = [...way, place];
        return isGroup(each) ? this.drawGroup(each, here) : isRow(each) ? this.drawRow(each, here) : this.drawText(each.text, here);
      })}
      <div class="row-flex wrap">${this.drawAdd(way)}${way.length < DEEPEST - 1 && (tree.items.length || !isOuter) ? html`<button type="button" class="btn btn-quiet" data-add-group @click=${() => this.addGroup(way)}>${icon("brackets-contain")}${say("build_add_condition_group")}</button>` : nothing}</div></div>`;
  }

  /** A new row begins with its field: choosing one makes it. */
  private drawAdd(way: Way): TemplateResult {
    const fields = this.fields.below("");
    const chosen = (event: Event) => {
      const select = event.target as HTMLSelectElement;
      const field = fields.find((each) => each.path === select.value);
      select.value = "";
      if (field) this.add(way, field);
    };
    return html`<select class="form-select add-condition" id=${way.length ? nothing : this.control} data-add-condition aria-label="${this.label}: ${say("build_add_condition")}" @change=${chosen}>
      <option value="">${say("build_add_condition")}</option>${fields.map((each) => html`<option value=${each.path}>${each.text}</option>`)}</select>`;
  }

  private drawOff(way: Way, text: string): TemplateResult {
    return html`<button type="button" class="btn btn-quiet btn-icon push" data-off aria-label=${say("build_off", { text })} title=${say("build_off", { text })} @click=${() => this.off(way)}>${icon("x")}</button>`;
  }

  private drawRow(row: Row, way: Way): TemplateResult {
    const label = row.label ?? row.path;
    const wrong = this.wrong.get(way.join("."));
    const change = (next: Row) => void this.edit(put(this.tree, way, next));
    const choose = (field: ConditionField) => change(rowOf(field));
    return html`<div class="condition ${wrong ? "is-wrong" : ""} ${isComplete(row) ? "" : "is-waiting"}" role="group" aria-label=${label} data-way=${way.join(".")}>
      <div class="row-flex"><div class="path-choice grow">${fieldChoice(this.fields, row.path, choose)}</div>${this.drawOff(way, label)}</div>
      <select class="form-select" data-operator aria-label=${say("build_operator_of", { text: label })} @change=${(event: Event) => change(withOperator(row, (event.target as HTMLSelectElement).value))}>${(row.operators ?? []).map((each) => html`<option value=${each.key} .selected=${each.key === row.operator}>${each.label}</option>`)}</select>
      ${operatorOf(row)?.needs === "nothing" ? nothing : valueInputs(row, change)}
      ${wrong ? html`<span class="wrong" role="status">${wrong}</span>` : isComplete(row) ? nothing : html`<span class="hint">${say("build_condition_waits")}</span>`}</div>`;
  }

  private drawText(text: string, way: Way): TemplateResult {
    return html`<div class="condition is-text" role="group" aria-label=${say("build_condition_text")} data-way=${way.join(".")}><div class="row-flex"><code class="expr grow">${text}</code>${this.drawOff(way, text)}</div><span class="hint">${say("build_condition_text")}</span></div>`;
  }
}

customElements.define("sartor-conditions", SartorConditions);
