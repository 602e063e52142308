// <sartor-entity-designer data-definition="entity/deal" data-form="form/deal.main">: fields out of the palette, in order,
// with their properties. A new one comes onto the form as well.
import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { all, icon, isTyping } from "@ui/dom";
import { say } from "@ui/words";
import { Designer, opening } from "../core/designer";
import { isObject, put, same, type Definition, type Json } from "../core/json";
import { LANGUAGES, ownWords, pick, slug, textIn } from "../core/labels";
import type { Gone, Spot } from "../core/drafts";
import { rename } from "../core/naming";
import type { SartorPalette } from "../core/palette";
import { sortable, type Dropped } from "../core/sorting";
import { placedOn, placeOf, renamedOn, takenOff } from "../form/standing";
import type { Around } from "../panel/panel";
import { names, type TypeAbout } from "../panel/schema";
import { entry } from "../sheet/schemas";
import { added, doubled, edited, fieldsOf, moved, NAME, renamed, typesIn, without } from "./fields";
import { BRINGS_BACK, bringBack, goneList, stillGone } from "./gone";
import { lined, saysLines } from "./lines";
import { retire } from "./retire";
import { fieldRow, type Mark } from "./row";
import { shelves } from "./shelves";
import { side, type Side } from "./side";

const DRAG_GROUP = "fields";

export class SartorEntityDesigner extends Designer {
  /** Its main form; empty where every field is on the page by itself. */
  @property({ attribute: "data-form" }) formKey = "";
  @state() private chosen: string | null = null;
  @state() private stop = "";
  @state() private uses: Spot[] | null = null;
  @state() private isJson = false;
  private gone: Gone[] = [];
  /** Fields made on this page: until somebody names them, their name follows their label. */
  private newborn = new Set<string>();
  private list: HTMLElement | undefined;

  private get fieldSchema(): Definition {
    return entry(this.reading, this.schema, "fields");
  }

  private get types(): TypeAbout[] {
    return typesIn(this.reading, this.schema);
  }

  private type(key: Json | undefined): TypeAbout | undefined {
    return this.types.find((each) => each.key === key);
  }

  private field(name: string): Definition {
    const found = isObject(this.definition.fields) ? this.definition.fields[name] : undefined;
    return isObject(found) ? found : {};
  }

  private get order(): string[] {
    return fieldsOf(this.definition).map(([name]) => name);
  }

  // ---- what is done

  private do(text: string, entity: Definition, merge?: string): void {
    this.bench.change(text, { [this.key]: entity }, merge ? { merge } : {});
  }

  /** The entity, and its form where that changes too, as one step. */
  private doBoth(text: string, entity: Definition, onForm: (form: Definition) => Definition): void {
    const form = this.form;
    const after = form && onForm(form);
    this.bench.change(text, { ...(same(entity, this.definition) ? {} : { [this.key]: entity }), ...(after && after !== form ? { [this.formKey]: after } : {}) });
  }

  private get form(): Definition | undefined {
    const found = this.bench.documents[this.formKey];
    return isObject(found) ? found : undefined;
  }

  /** Puts a field onto the form where it stands among the fields, or takes it off. */
  private stand(name: string, isOn: boolean): void {
    const label = pick(this.field(name).label) || name;
    this.doBoth(say(isOn ? "build_placed" : "build_taken_off", { label }), this.definition, isOn ? this.placing(name, this.definition) : (form) => takenOff(form, name));
  }

  private placing(name: string, entity: Definition): (form: Definition) => Definition {
    const all = fieldsOf(entity).map(([each]) => each);
    return (form) => placedOn(form, name, all.slice(0, all.indexOf(name)));
  }

  private add(key: string, index?: number): void {
    const type = this.type(key);
    if (!type) return;
    const after = this.chosen ? this.order.indexOf(this.chosen) + 1 : this.order.length;
    const made = added(this.definition, type, index ?? after);
    const text = say("build_field_added", { label: pick(type.label) });
    this.newborn.add(made.name);
    this.doBoth(text, made.entity, this.placing(made.name, made.entity));
    this.choose(made.name);
    this.say(text);
    void this.updateComplete.then(() => this.openPanel());
  }

  private move(name: string, index: number): void {
    const entity = moved(this.definition, name, index);
    if (same(entity, this.definition)) return;
    const label = pick(this.field(name).label) || name;
    this.do(say("build_field_moved", { label }), entity);
    this.say(say("build_moved_to", { label, n: fieldsOf(entity).findIndex(([each]) => each === name) + 1, of: this.order.length }));
    this.focusRow(name);
  }

  private double(name: string): void {
    const made = doubled(this.definition, name);
    this.newborn.add(made.name);
    this.doBoth(say("build_field_doubled", { label: pick(this.field(name).label) }), made.entity, this.placing(made.name, made.entity));
    this.choose(made.name);
    this.focusRow(made.name);
  }

  private async takeOut(name: string): Promise<void> {
    const label = pick(this.field(name).label) || name;
    const at = this.order.indexOf(name);
    const isNew = this.mark(name, this.field(name)) === "new";
    if (isNew && this.bench.state === "refused") this.doBoth(say("build_retired", { label }), without(this.definition, name), (form) => takenOff(form, name));
    else if (!(await retire(this.bench, { key: this.key, field: name, label, isNew, form: this.formKey }))) return;
    const next = this.order[Math.min(at, this.order.length - 1)] ?? "";
    this.choose(null);
    this.say(say("build_retired", { label }));
    this.focusRow(next);
  }

  protected override get keys(): string[] {
    return this.formKey ? [this.key, this.formKey] : [this.key];
  }

  protected override get covered(): string[] {
    return [this.key];
  }

  protected override async prepare(): Promise<void> {
    [this.gone] = await Promise.all([this.drafts.retired(this.name), this.formKey ? this.bench.open(this.formKey) : null]);
  }

  private async restore(gone: Gone): Promise<void> {
    const name = await bringBack(this.bench, this.key, gone);
    if (!name) return;
    this.choose(name);
    this.say(say("build_brought_back", { label: pick(gone.label) || gone.field }));
    this.focusRow(name);
  }

  private async rename(name: string, wanted: string): Promise<void> {
    if (!wanted || wanted === name) return this.requestUpdate();
    if (!NAME.test(wanted) || this.order.includes(wanted)) {
      this.warn(say(this.order.includes(wanted) ? "build_name_taken" : "build_name_form", { name: wanted }));
    } else if (this.newborn.has(name)) {
      this.doBoth(say("build_renamed", { old: name, name: wanted }), renamed(this.definition, name, wanted), (form) => renamedOn(form, name, wanted));
      this.chosen = this.stop = wanted;
    } else if (await rename(this.bench, { key: this.key, field: name, to: wanted })) this.chosen = this.stop = wanted;
    this.requestUpdate();
  }

  /** A new field is called after its label, in whichever language, until somebody gives it a name. */
  private nameAfterLabel = async (event: FocusEvent): Promise<void> => {
    const name = this.chosen;
    const language = LANGUAGES.find((each) => (event.target as HTMLElement).id.endsWith(`-label-${each}`));
    if (!name || !language || !this.newborn.has(name)) return;
    const text = textIn(this.field(name).label, language);
    const first = this.type(this.field(name).type)?.label;
    if (!text || text === pick(first, language)) return;
    const wanted = language === "en" ? slug(text) : await this.drafts.called(text, "field");
    if (this.newborn.has(name)) this.callNewborn(name, wanted, ownWords(this.field(name).label, first, language));
  };

  private callNewborn(name: string, wanted: string, label: Json | undefined): void {
    const told = put(this.definition, ["fields", name, "label"], label) as Definition;
    if (!wanted || wanted === name || this.order.includes(wanted)) {
      if (!same(label, this.field(name).label)) this.do(say("build_edited", { label: pick(label) }), told);
      return;
    }
    this.newborn.delete(name);
    this.newborn.add(wanted);
    this.doBoth(say("build_renamed", { old: name, name: wanted }), renamed(told, name, wanted), (form) => renamedOn(form, name, wanted));
    if (this.chosen === name) this.chosen = this.stop = wanted;
  }

  private edit = (path: string[], value: Json | undefined, merge?: string): void => {
    if (saysLines(this.definition, path)) return void this.takeLines(path[1] ?? "", String(value ?? ""));
    const [head, name] = path;
    const label = name && head === "fields" ? pick(this.field(name).label) || name : pick(this.definition.label);
    this.do(say("build_edited", { label }), edited(this.definition, path, value, this.types), merge);
  };

  private async takeLines(name: string, target: string): Promise<void> {
    const edits = await lined(this.bench, this.key, name, target);
    this.bench.change(say("build_edited", { label: pick(this.field(name).label) || name }), edits);
  }

  private drop = (dropped: Dropped): void => {
    if (dropped.added !== undefined) this.add(dropped.added, dropped.index);
    else if (dropped.moved?.dataset.name) this.move(dropped.moved.dataset.name, dropped.index);
  };

  // ---- choosing and keys

  private choose(name: string | null): void {
    this.bench.history.seal();
    this.chosen = name;
    this.isJson = false;
    this.uses = null;
    this.querySelector(".panel")?.scrollTo(0, 0);
    if (name) this.stop = name;
  }

  protected override show([part, name]: string[]): void {
    if (part !== "fields" || !name || !this.order.includes(name)) return;
    this.choose(name);
    this.focusRow(name);
  }

  private focusRow(name: string): void {
    this.stop = name;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`[data-name="${CSS.escape(name)}"]`)?.focus());
  }

  /** What was just added is still called after its type: whoever types names it. */
  private openPanel(): void {
    const panel = this.querySelector<HTMLElement>(".panel");
    const first = panel?.querySelector<HTMLElement>("sartor-panel input:not([type=checkbox]), sartor-panel select");
    const start = () => {
      const box = panel?.querySelector<HTMLElement>("[id$='-label-en'], [id$='-label-zh']") ?? first;
      box?.focus();
      if (this.chosen && this.newborn.has(this.chosen) && box instanceof HTMLInputElement) box.select();
    };
    void Promise.resolve().then(() => requestAnimationFrame(start));
  }

  private onRowKey = (event: KeyboardEvent): void => {
    const name = (event.target as Element).closest<HTMLElement>("[data-name]")?.dataset.name;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!name || event.ctrlKey || event.metaKey) return;
    const at = this.order.indexOf(name);
    if (step && event.altKey) this.move(name, at + step);
    else if (step) this.focusRow(this.order[at + step] ?? name);
    else if (event.key === "Home" || event.key === "End") this.focusRow(this.order.at(event.key === "Home" ? 0 : -1) ?? name);
    else if (event.key === "Enter" || event.key === " ") {
      this.choose(name);
      void this.updateComplete.then(() => this.openPanel());
    } else if (event.key === "Delete" || event.key === "Backspace") void this.takeOut(name);
    else if (event.key.toLowerCase() === "d" && event.altKey) this.double(name);
    else return;
    event.preventDefault();
  };

  private onKey = (event: KeyboardEvent): void => {
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "/" && !isTyping(event.target)) {
      event.preventDefault();
      this.palette?.find();
    } else if (event.key === "Escape" && (event.target as Element).closest?.(".panel")) this.focusRow(this.chosen ?? this.order[0] ?? "");
  };

  private get palette(): SartorPalette | null {
    return this.querySelector<SartorPalette>("sartor-palette");
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", this.onKey);
  }

  protected override willUpdate(): void {
    if (this.chosen && !this.order.includes(this.chosen)) this.chosen = null;
    if (!this.order.includes(this.stop)) this.stop = this.order[0] ?? "";
  }

  protected override updated(): void {
    const list = this.querySelector<HTMLElement>("[data-rows]");
    if (!list || list === this.list) return;
    this.list = list;
    sortable(list, DRAG_GROUP, "[data-name]", this.drop);
    for (const box of all("textarea", this)) box.style.height = "";
  }

  // ---- what is drawn

  protected override render(): TemplateResult {
    if (!this.isReady) return opening();
    return html`<sartor-palette .shelves=${shelves(this.types)} group=${DRAG_GROUP} @add=${(event: CustomEvent<string>) => this.add(event.detail)} @leave=${() => this.focusRow(this.stop)}></sartor-palette>
      <section class="main canvas" aria-label=${say("build_canvas")}>${this.drawSheet()}</section>
      <aside class="panel" aria-label=${say("build_properties")} @focusout=${this.nameAfterLabel}>${side(this.sideOf(this.chosen))}</aside>
      <div class="sr" aria-live="assertive" data-says></div>`;
  }

  private drawSheet(): TemplateResult {
    const entity = this.definition;
    const rows = fieldsOf(entity);
    return html`<div class="sheet stack-4 entity-sheet">
      <button type="button" class="entity-head ${this.chosen === null ? "is-chosen" : ""}" aria-pressed=${this.chosen === null} @click=${() => this.choose(null)}>
        <span class="kind">${icon(typeof entity.icon === "string" ? entity.icon : "table")}</span><span class="two-lines"><b>${pick(entity.label)}</b><span class="faint t-12">${say("build_entity_properties")}</span></span>${icon("adjustments")}</button>
      <ul class="field-rows" role="listbox" aria-label=${say("build_fields")} data-rows @keydown=${this.onRowKey} @click=${(event: Event) => this.clickRow(event)}>
        ${repeat(rows, ([name]) => name, ([name, field]) => fieldRow({ name, field, type: this.type(field.type), isTitle: entity.title === name, isChosen: this.chosen === name, isStop: this.stop === name, mark: this.mark(name, field), problems: this.problemsOf(name) }))}</ul>
      ${rows.length ? nothing : html`<p class="slot">${say("build_no_fields")}</p>`}
      <p class="row-flex"><button type="button" class="btn btn-quiet" data-add @click=${() => this.palette?.find()}>${icon("plus")}${say("build_add_field")}<kbd class="only-desk">/</kbd></button></p>
      ${goneList(stillGone(this.gone, entity), (key) => this.type(key), (each) => void this.restore(each))}
      ${this.elsewhere()}
    </div>`;
  }

  private clickRow(event: Event): void {
    const name = (event.target as Element).closest<HTMLElement>("[data-name]")?.dataset.name;
    if (!name) return;
    this.choose(name);
    const panel = this.querySelector(".panel");
    if (panel && getComputedStyle(panel).position === "static") panel.scrollIntoView({ behavior: "smooth" });
  }

  private mark(name: string, field: Definition): Mark {
    if (BRINGS_BACK in field) return "back";
    const before = isObject(this.published?.fields) ? this.published.fields : {};
    const was = before[name] ?? names(field.formerly).map((each) => before[each]).find(Boolean);
    return was === undefined ? "new" : same(was, field) ? "" : "edited";
  }

  private problemsOf(name: string) {
    const here = `/fields/${name}`;
    return this.bench.problems.filter((each) => each.file === this.key && (each.field === here || each.field.startsWith(`${here}/`)));
  }

  private sideOf(name: string | null): Side {
    const value = name === null ? this.definition : this.field(name);
    return {
      name,
      value,
      type: this.type(value.type),
      around: this.around,
      schema: name === null ? this.schema : this.fieldSchema,
      isJson: this.isJson,
      users: this.uses?.filter((each) => each.key !== this.key || (name !== null && !`${each.path}/`.startsWith(`/fields/${name}/`))) ?? null,
      toggleJson: () => (this.isJson = !this.isJson),
      whole: () => this.wholeName(),
      rename: (wanted) => void this.rename(name ?? "", wanted),
      double: () => this.double(name ?? ""),
      ...(name !== null && this.form ? { onForm: { label: pick(this.form.label), isOn: placeOf(this.form, name) !== undefined, put: (isOn: boolean) => this.stand(name, isOn) } } : {}),
      retire: () => void (name === null ? this.removeEntity() : this.takeOut(name)),
      showUses: async () => (this.uses = await this.drafts.uses(this.key, name ?? undefined)),
    };
  }

  private get around(): Around {
    return { reading: this.reading, world: this.world, file: this.key, entity: this.name, problems: this.bench.problems, isChecked: this.bench.isChecked, edit: this.edit, rename: (about) => rename(this.bench, { key: this.key, ...about }) };
  }

  private async removeEntity(): Promise<void> {
    if (!(await retire(this.bench, { key: this.key, label: pick(this.definition.label), isNew: this.published === null }))) return;
    await this.bench.keep();
    if (this.bench.state === "kept") location.assign(this.dataset.list ?? "..");
  }
}

customElements.define("sartor-entity-designer", SartorEntityDesigner);
