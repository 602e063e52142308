// <sartor-options-designer data-definition="options/region">: choices in order, each with its colour, and tables of words.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import { blank } from "../core/blank";
import { isObject, put, type Definition } from "../core/json";
import { free, pick } from "../core/labels";
import { inOrder } from "../core/orders";
import { pasted } from "../core/pasting";
import { NOBODY } from "./succession";
import type { Shelf } from "../core/palette";
import "../panel/pasting";
import { valueText } from "../panel/saying";
import { names } from "../panel/schema";
import type { Chosen, RowList } from "../rows/acts";
import { RowsDesigner } from "../rows/designer";
import { mapOf, placedAs, without } from "../rows/entries";
import { choiceLeaves, RETIRE } from "./leaving";
import { choiceRow } from "./row";
import { followedIn, wordTable } from "./words";

const CHOICES = "choices";
const MAPS = "maps";
const KEY = /^[A-Za-z0-9][A-Za-z0-9_+-]{0,39}$/;
const PLAIN = "plain";

export class SartorOptionsDesigner extends RowsDesigner {
  protected readonly group = CHOICES;

  protected get lists(): RowList[] {
    const list = (map: string) => ({ id: map, map, names: inOrder(this.definition[map]).map(([name]) => name) });
    return [list(CHOICES), { ...list(MAPS), names: Object.keys(mapOf(this.definition, MAPS)).sort() }];
  }

  private get choices(): RowList {
    return this.lists[0] as RowList;
  }

  private get colours(): [string, string][] {
    const schema = this.reading.resolved(isObject(this.schema.$defs) ? this.schema.$defs.colour : {});
    return names(schema.enum).map((name) => [name, valueText(schema, name)]);
  }

  protected get shelves(): Shelf[] {
    const plain = { key: PLAIN, text: say("build_choice_plain"), icon: "point", hint: say("build_choice_hint") };
    const coloured = this.colours.map(([name, text]) => ({ key: name, text, icon: "point", tone: `tint-${name}`, words: name }));
    const words = { key: MAPS, text: say("build_words"), icon: "list-letters", hint: say("build_words_hint") };
    return [{ title: say("build_choices"), items: [plain, ...coloured] }, { title: say("build_more"), items: [words] }];
  }

  protected kindOf(map: string): { text: string; icon: string } {
    if (map === MAPS) return { text: say("build_words"), icon: "list-letters" };
    return map ? { text: say("build_choice"), icon: "point" } : { text: say("build_options"), icon: "list-check" };
  }

  protected isInRecords(map: string): boolean {
    return map === CHOICES;
  }

  protected override keyForm(map: string): RegExp {
    return map === CHOICES ? KEY : super.keyForm(map);
  }

  protected override keyHint(map: string): string {
    return map === MAPS ? say("build_words_key_hint") : super.keyHint(map);
  }

  // ---- what is done

  protected add(item: string, list?: string, index?: number): void {
    if (item === MAPS || list === MAPS) return this.addWords();
    const at = this.chosen?.map === CHOICES ? this.choices.names.indexOf(this.chosen.name) + 1 : this.choices.names.length;
    const name = free("choice", this.choices.names);
    const entry: Definition = { label: { en: "New choice", zh: "新选项" }, ...(item === PLAIN ? {} : { colour: item }) };
    const definition = placedAs(this.definition, CHOICES, this.choices.names, { name, entry, index: index ?? at });
    this.added({ map: CHOICES, name }, definition, say("build_choice_added"));
  }

  private takeLines = async (text: string) => {
    const made = await pasted(text, mapOf(this.definition, CHOICES), {}, (each) => this.drafts.called(each));
    if (made.added) this.do(say("build_pasted", { n: made.added }), { ...this.definition, [CHOICES]: made.map });
    return made;
  };

  private addWords(): void {
    const name = free("words", Object.keys(mapOf(this.definition, MAPS)));
    this.added({ map: MAPS, name }, put(this.definition, [MAPS, name], {}) as Definition, say("build_words_added"));
  }

  /** Of a published choice that records have it is asked who takes them over. */
  protected async takeOut(row: Chosen): Promise<void> {
    const label = this.labelOf(row);
    const into = row.map === CHOICES && this.isPublished(row) ? await choiceLeaves(this.bench, { key: this.key, entry: row.name, label }, this.definition[CHOICES]) : NOBODY;
    if (into === RETIRE) return this.retireChoice(row, true);
    if (into === null) return;
    if (into === NOBODY) this.do(say("build_taken_out", { label }), this.withoutEmpty(without(this.definition, row.map, row.name)));
    this.say(say("build_taken_out", { label }));
  }

  private retireChoice(row: Chosen, retired: boolean): void {
    const text = say(retired ? "build_retired" : "build_offered_again", { label: this.labelOf(row) });
    this.do(text, put(this.definition, [row.map, row.name, "retired"], retired ? true : undefined) as Definition);
    this.say(text);
  }

  private withoutEmpty(definition: Definition): Definition {
    return isObject(definition.maps) && !Object.keys(definition.maps).length ? (put(definition, [MAPS], undefined) as Definition) : definition;
  }

  protected followed(definition: Definition, row: Chosen, name: string): Definition {
    return row.map === CHOICES ? followedIn(definition, row.name, name) : definition;
  }

  // ---- what is drawn

  protected drawSheet(): TemplateResult {
    const tables = this.lists[1] as RowList;
    return html`${this.drawHead("list-check", say("build_options_properties"))}
      <ul class="field-rows" role="listbox" aria-label=${say("build_choices")} data-rows=${CHOICES}>${repeat(this.choices.names, (name) => name, (name) => this.drawChoice(name))}</ul>
      ${this.choices.names.length ? nothing : html`<p class="slot">${blank("build_no_choices")}</p>`}
      ${this.drawAdd(say("build_add_choice"))}<sartor-pasting control="p-lines" .take=${this.takeLines}></sartor-pasting>
      ${tables.names.length ? html`<h2 class="label">${say("build_word_tables")}</h2>
        <ul class="field-rows" role="listbox" aria-label=${say("build_word_tables")} data-rows=${MAPS}>${repeat(tables.names, (name) => name, (name) => this.drawTable(tables, name))}</ul>` : nothing}`;
  }

  private drawChoice(name: string): TemplateResult {
    const row = { map: CHOICES, name };
    return choiceRow({ name, entry: this.entry(row), isChosen: this.isChosen(row), isStop: this.isStop(this.choices, name), mark: this.mark(row), problems: this.problemsOf(row) });
  }

  private drawTable(list: RowList, name: string): TemplateResult {
    const words = Object.keys(this.entry({ map: MAPS, name }));
    return html`<li class="field-row" role="option" data-name=${name} aria-selected=${this.isChosen({ map: MAPS, name })} tabindex=${this.isStop(list, name) ? 0 : -1}>
      <span class="kind">${icon("list-letters")}</span><span class="two-lines"><span class="clip mono">${name}</span><span class="clip faint t-12">${say("build_word_count", { n: words.length })} ${words.slice(0, 6).join(", ")}</span></span></li>`;
  }

  private isChosen(row: Chosen): boolean {
    return this.chosen?.map === row.map && this.chosen.name === row.name;
  }

  protected override drawParts(row: Chosen | null, value: Definition): TemplateResult {
    if (row?.map !== MAPS) return super.drawParts(row, value);
    const choices = inOrder(this.definition[CHOICES]).map(([key, entry]): [string, string] => [key, pick(entry.label) || key]);
    const edit = (words: Definition) => this.do(say("build_edited", { label: row.name }), put(this.definition, [MAPS, row.name], words) as Definition);
    return html`<fieldset><legend>${say("build_properties")}</legend>${this.keyLine(row)}</fieldset>${wordTable(value, choices, edit)}`;
  }

  protected override drawRowUse(row: Chosen): TemplateResult {
    const isKept = row.map === CHOICES && this.isPublished(row);
    const retired = this.entry(row).retired === true;
    const turn = html`<button type="button" class="btn btn-default" data-offer @click=${() => this.retireChoice(row, !retired)}>${icon(retired ? "restore" : "archive")}${say(retired ? "build_offer_again" : "build_retire")}</button>`;
    const off = html`<button type="button" class="btn btn-danger" data-retire @click=${() => void this.takeOut(row)}>${icon("x")}${say("build_take_out")}</button>`;
    return html`<fieldset><legend>${say("build_use")}</legend>${isKept ? html`<p class="hint">${say("build_choice_retire_hint")}</p>` : nothing}
      <div class="row-flex wrap">${isKept ? turn : nothing}${off}</div></fieldset>`;
  }
}

customElements.define("sartor-options-designer", SartorOptionsDesigner);
