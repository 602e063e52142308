// <sartor-entity-designer data-definition="entity/deal" data-form="form/deal.main">: fields out of the palette, in order,
// with their properties. A new one comes onto the form as well.
import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { all, icon } from "@ui/dom";
import { say } from "@ui/words";
import { blank } from "../core/blank";
import { at, isObject, pathOf, put, same, type Definition, type Json } from "../core/json";
import { free, pick } from "../core/labels";
import type { Gone, Problem, Spot } from "../core/drafts";
import { rename } from "../core/naming";
import { Newborns } from "../core/newborns";
import { NOBODY } from "../options/succession";
import type { Shelf } from "../core/palette";
import { sortable, type Dropped } from "../core/sorting";
import { placedOn, placeOf, renamedOn, takenOff } from "../form/standing";
import { choiceLeaves, RETIRE } from "../options/leaving";
import type { Around } from "../panel/panel";
import { names, type TypeAbout } from "../panel/schema";
import { Arranger, type Subject } from "../sheet/arranger";
import { entry } from "../sheet/schemas";
import { askLines } from "./asking_lines";
import { askStages } from "./asking_stages";
import { added, calledAfter, doubled, edited, fieldsOf, moved, NAME, renamed, typesIn, without } from "./fields";
import { BRINGS_BACK, bringBack, goneList, stillGone } from "./gone";
import { lined, saysLines } from "./lines";
import { retire } from "./retire";
import { fieldRow, type Mark } from "./row";
import { shelves } from "./shelves";
import { asksUnique } from "./repeats";
import { linesLine, nameLine, stagesLine, useOf } from "./side";

const DRAG_GROUP = "fields";

export class SartorEntityDesigner extends Arranger {
  /** Its main form; empty where every field is on the page by itself. */
  @property({ attribute: "data-form" }) formKey = "";
  @state() private uses: Spot[] | null = null;
  /** What the records do not allow yet. */
  @state() private obstacles: Problem[] = [];
  private weighed: Definition | null = null;
  private gone: Gone[] = [];
  private newborns = new Newborns((text) => this.drafts.words(text, "field"));
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

  protected get order(): string[] {
    return fieldsOf(this.definition).map(([name]) => name);
  }

  // ---- what is done

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

  protected add(key: string, index?: number): void {
    const type = this.type(key);
    if (!type) return;
    const after = this.chosen ? this.order.indexOf(this.chosen) + 1 : this.order.length;
    const made = added(this.definition, type, index ?? after);
    const text = say("build_field_added", { label: pick(type.label) });
    this.newborns.begin(made.name, type.label);
    this.doBoth(text, made.entity, this.placing(made.name, made.entity));
    this.choose(made.name);
    this.say(text);
    this.openPanel();
  }

  protected moveBy(name: string, by: number): void {
    this.move(name, this.order.indexOf(name) + by);
  }

  private move(name: string, index: number): void {
    const entity = moved(this.definition, name, index);
    if (same(entity, this.definition)) return;
    const label = pick(this.field(name).label) || name;
    this.do(say("build_field_moved", { label }), entity);
    this.say(say("build_moved_to", { label, n: fieldsOf(entity).findIndex(([each]) => each === name) + 1, of: this.order.length }));
    this.focusOn(name);
  }

  private double(name: string): void {
    const made = doubled(this.definition, name);
    this.newborns.begin(made.name, this.field(name).label);
    this.doBoth(say("build_field_doubled", { label: pick(this.field(name).label) }), made.entity, this.placing(made.name, made.entity));
    this.choose(made.name);
    this.focusOn(made.name);
  }

  protected async takeOut(name: string): Promise<void> {
    const label = pick(this.field(name).label) || name;
    const at = this.order.indexOf(name);
    const isNew = this.mark(name, this.field(name)) === "new";
    if (isNew && this.bench.state === "refused") this.doBoth(say("build_retired", { label }), without(this.definition, name), (form) => takenOff(form, name));
    else if (!(await retire(this.bench, { key: this.key, field: name, label, isNew, form: this.formKey }))) return;
    const next = this.order[Math.min(at, this.order.length - 1)] ?? "";
    this.choose(null);
    this.say(say("build_retired", { label }));
    this.focusOn(next);
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
    this.focusOn(name);
  }

  private async rename(name: string, wanted: string): Promise<void> {
    if (!wanted || wanted === name) return this.requestUpdate();
    if (!NAME.test(wanted) || this.order.includes(wanted)) {
      this.warn(say(this.order.includes(wanted) ? "build_name_taken" : "build_name_form", { name: wanted }));
    } else if (this.newborns.end(name)) {
      this.doBoth(say("build_renamed", { old: name, name: wanted }), renamed(this.definition, name, wanted), (form) => renamedOn(form, name, wanted));
      this.chosen = this.stop = wanted;
    } else if (await rename(this.bench, { key: this.key, field: name, to: wanted })) this.chosen = this.stop = wanted;
    this.requestUpdate();
  }

  private nameAfterLabel = async (event: FocusEvent): Promise<void> => {
    const name = this.chosen;
    const naming = name && (await this.newborns.named(name, event, () => this.field(name).label));
    if (naming) this.callNewborn(name, naming.name, naming.label);
  };

  private callNewborn(name: string, wanted: string, label: Json | undefined): void {
    const told = put(this.definition, ["fields", name, "label"], label) as Definition;
    if (!wanted || wanted === name || this.order.includes(wanted)) {
      if (!same(label, this.field(name).label)) this.do(say("build_edited", { label: pick(label) }), told);
      return;
    }
    this.newborns.follow(name, wanted);
    this.doBoth(say("build_renamed", { old: name, name: wanted }), renamed(told, name, wanted), (form) => renamedOn(form, name, wanted));
    if (this.chosen === name) this.chosen = this.stop = wanted;
  }

  protected edit(path: string[], value: Json | undefined, merge?: string): void {
    if (saysLines(this.definition, path)) return void this.takeLines(path[1] ?? "", String(value ?? ""));
    const [head, name] = path;
    const label = name && head === "fields" ? pick(this.field(name).label) || name : pick(this.definition.label);
    this.do(say("build_edited", { label }), edited(this.definition, path, value, this.types), merge);
    if (name && head === "fields" && path.slice(2).join("/") === "options/entity" && value) void this.nameAfterTarget(name, String(value));
  }

  /** A field that nobody has named yet is called after the entity that it now points to. */
  private async nameAfterTarget(name: string, target: string): Promise<void> {
    const found = this.newborns.isUnnamed(name, this.field(name).label) ? await this.drafts.get(`entity/${target}`) : null;
    if (!found || !this.newborns.isUnnamed(name, this.field(name).label)) return;
    const naming = calledAfter(target, found.document, this.type(this.field(name).type)?.widget === "tags");
    const wanted = free(naming.name, this.order.filter((each) => each !== name));
    this.callNewborn(name, wanted, naming.label);
    this.newborns.begin(wanted, naming.label);
  }

  private async takeLines(name: string, target: string): Promise<void> {
    const edits = await lined(this.bench, this.key, name, target);
    this.bench.change(say("build_edited", { label: pick(this.field(name).label) || name }), edits);
  }

  /** Lines with their first fields, as one step with the field that holds them; the sum comes onto the form as well. */
  private makeLines(field: string): void {
    void askLines(this.drafts, { key: this.key, entity: this.definition, field }, ({ name, label, made, total }) => {
      const entity = made[this.key] as Definition;
      const text = say("build_lines_made", { label: pick(label) });
      const form = total && this.form ? { [this.formKey]: this.placing(total, entity)(this.form) } : {};
      this.bench.change(text, { ...made, ...form }, { before: { [`entity/${name}`]: null } });
      this.say(text);
      this.focusOn(field);
    });
  }

  /** A pipeline as one step with the field that follows it. */
  private makeStages(field: string): void {
    void askStages(this.drafts, { key: this.key, entity: this.definition, field }, ({ name, label, made }) => {
      const text = say("build_stages_made", { label: pick(label) });
      this.bench.change(text, made, { before: { [`pipeline/${name}`]: null } });
      this.say(text);
      this.focusOn(field);
    });
  }

  private drop = (dropped: Dropped): void => {
    if (dropped.added !== undefined) this.add(dropped.added, dropped.index);
    else if (dropped.moved?.dataset.name) this.move(dropped.moved.dataset.name, dropped.index);
  };

  // ---- choosing and keys

  protected override choose(name: string | null): void {
    super.choose(name);
    this.uses = null;
  }

  protected override show([part, name]: string[]): void {
    if (part !== "fields" || !name || !this.order.includes(name)) return;
    this.choose(name);
    this.focusOn(name);
  }

  /** What was just added is still called after its type: whoever types names it. */
  protected override openPanel(): void {
    const isNew = this.chosen !== null && this.newborns.has(this.chosen);
    super.openPanel("[id$='-label-en'], .panel [id$='-label-zh']", isNew);
  }

  private onRowKey = (event: KeyboardEvent): void => {
    const name = (event.target as Element).closest<HTMLElement>("[data-name]")?.dataset.name;
    if (!name || !event.altKey || event.ctrlKey || event.metaKey || event.key.toLowerCase() !== "d") return this.onItemKey(event);
    this.double(name);
    event.preventDefault();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener("focusout", (event) => void this.nameAfterLabel(event));
    this.bench.addEventListener("state", () => void this.weigh());
  }

  /** Whether the records allow what is unique now, asked whenever that is kept. */
  private async weigh(): Promise<void> {
    const judged = this.definition;
    if (!this.isReady || this.bench.state !== "kept" || this.weighed === judged) return;
    this.weighed = judged;
    const found = asksUnique(judged, this.published) ? await this.drafts.obstacles() : [];
    if (this.definition === judged) this.obstacles = found.filter((each) => each.file === this.key);
  }

  private get problems(): Problem[] {
    const isAsked = ({ field }: Problem) => at(this.definition, pathOf(field)) !== undefined;
    return [...this.bench.problems, ...this.obstacles.filter(isAsked)];
  }

  protected override updated(): void {
    const list = this.querySelector<HTMLElement>("[data-rows]");
    if (!list || list === this.list) return;
    this.list = list;
    sortable(list, DRAG_GROUP, "[data-name]", this.drop);
    for (const box of all("textarea", this)) box.style.height = "";
  }

  // ---- what is drawn

  protected override get dragGroup(): string {
    return DRAG_GROUP;
  }

  protected get shelves(): Shelf[] {
    return shelves(this.types);
  }

  protected drawSheet(): TemplateResult {
    const entity = this.definition;
    const rows = fieldsOf(entity);
    return html`<div class="sheet stack-4 entity-sheet">
      <button type="button" class="entity-head ${this.chosen === null ? "is-chosen" : ""}" aria-pressed=${this.chosen === null} @click=${() => this.choose(null)}>
        <span class="kind">${icon(typeof entity.icon === "string" ? entity.icon : "table")}</span><span class="two-lines"><b>${pick(entity.label)}</b><span class="faint t-12">${say("build_entity_properties")}</span></span>${icon("adjustments")}</button>
      <ul class="field-rows" role="listbox" aria-label=${say("build_fields")} data-rows @keydown=${this.onRowKey} @click=${this.onItemClick}>
        ${repeat(rows, ([name]) => name, ([name, field]) => fieldRow({ name, field, type: this.type(field.type), isTitle: entity.title === name, isChosen: this.chosen === name, isStop: this.stop === name, mark: this.mark(name, field), problems: this.problemsOf(name) }))}</ul>
      ${rows.length ? nothing : html`<p class="slot">${blank("build_no_fields")}</p>`}
      <p class="row-flex"><button type="button" class="btn btn-quiet" data-add @click=${() => this.palette?.find()}>${icon("plus")}${say("build_add_field")}<kbd class="only-desk">/</kbd></button></p>
      ${goneList(stillGone(this.gone, entity), (key) => this.type(key), (each) => this.restore(each))}
      ${this.elsewhere()}
    </div>`;
  }

  private mark(name: string, field: Definition): Mark {
    if (BRINGS_BACK in field) return "back";
    const before = isObject(this.published?.fields) ? this.published.fields : {};
    const was = before[name] ?? names(field.formerly).map((each) => before[each]).find(Boolean);
    return was === undefined ? "new" : same(was, field) ? "" : "edited";
  }

  private problemsOf(name: string) {
    const here = `/fields/${name}`;
    return this.problems.filter((each) => each.file === this.key && (each.field === here || each.field.startsWith(`${here}/`)));
  }

  protected get subject(): Subject {
    const name = this.chosen;
    if (name === null) return { title: pick(this.definition.label), about: say("build_entity"), icon: "table", schema: this.schema, value: this.definition, path: [] };
    const value = this.field(name);
    const type = this.type(value.type);
    const lead = html`${nameLine(name, (wanted) => void this.rename(name, wanted))}${this.elsewhereOf(name, value)}`;
    return { title: pick(value.label) || name, about: pick(type?.label), icon: type?.icon ?? "help", schema: this.fieldSchema, value, path: ["fields", name], lead };
  }

  /** Of a field that lives on another definition: that one, or a way to make it. */
  private elsewhereOf(name: string, field: Definition): TemplateResult | typeof nothing {
    if (this.type(field.type)?.widget === "lines") return linesLine(String(at(field, ["options", "entity"]) ?? ""), () => this.makeLines(name));
    if (field.type === "stage") return stagesLine(names(at(field, ["options", "pipelines"])), () => this.makeStages(name));
    return nothing;
  }

  protected override drawUse(): TemplateResult {
    const name = this.chosen;
    const onForm = name !== null && this.form ? { label: pick(this.form.label), isOn: placeOf(this.form, name) !== undefined, put: (isOn: boolean) => this.stand(name, isOn) } : undefined;
    return useOf({
      name,
      users: this.uses?.filter((each) => each.key !== this.key || (name !== null && !`${each.path}/`.startsWith(`/fields/${name}/`))) ?? null,
      double: () => this.double(name ?? ""),
      ...(onForm ? { onForm } : {}),
      retire: () => void (name === null ? this.retire() : this.takeOut(name)),
      showUses: async () => (this.uses = await this.drafts.uses(this.key, name ?? undefined)),
    });
  }

  protected override get entity(): string {
    return this.name;
  }

  protected override get around(): Around {
    return { ...super.around, problems: this.problems, rename: (about) => rename(this.bench, { key: this.key, ...about }), takeOut: this.takeOutChoice };
  }

  /** Whether a choice that is not published, or that nothing holds, is to be taken out. */
  private takeOutChoice = async ({ field, entry }: { field: string; entry: string }): Promise<boolean> => {
    const place = ["fields", field, "options", "choices"];
    const choice = at(this.definition, [...place, entry]);
    const isNew = at(this.published ?? undefined, [...place, entry]) === undefined && !at(choice, ["formerly"]);
    if (isNew) return true;
    const label = pick(at(choice, ["label"])) || entry;
    const into = await choiceLeaves(this.bench, { key: this.key, field, entry, label }, at(this.definition, place));
    if (into === RETIRE) this.edit([...place, entry, "retired"], true);
    return into === NOBODY;
  };

  protected async retire(): Promise<void> {
    if (!(await retire(this.bench, { key: this.key, label: pick(this.definition.label), isNew: this.published === null, leaves: true }))) return;
    await this.bench.keep();
    if (this.bench.state === "kept") location.assign(this.dataset.list ?? "..");
  }
}

customElements.define("sartor-entity-designer", SartorEntityDesigner);
