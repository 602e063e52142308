// <sartor-form-designer data-key="form/deal.main" data-entity="deal">: sections, tabs and fields of a form by dragging.
// What belongs to a field itself (required, shown only if …) is edited beside its place on the form.
import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { all, icon, isTyping } from "@ui/dom";
import { say } from "@ui/words";
import { Designer } from "../core/designer";
import { at, isObject, put, same, type Definition, type Json } from "../core/json";
import { language, pick, type Language } from "../core/labels";
import type { SartorPalette } from "../core/palette";
import { sortable, type Dropped } from "../core/sorting";
import { added as addedField } from "../entity/fields";
import type { Around } from "../panel/panel";
import { Reading, type TypeAbout } from "../panel/schema";
import { sheet } from "./canvas";
import { fieldsIn, moved, resized, sectionMoved, sectionsOf, sectionsPath, spanOf, step, tabsOf, withField, without, withSection, withTab, type Path } from "./layout";
import { shelves, type Related } from "./shelves";

const GROUP = "form";
const RULES = ["label", "required", "read_only", "visible_if", "required_if", "read_only_if", "help"];

export class SartorFormDesigner extends Designer {
  @property({ attribute: "data-entity" }) entity = "";
  @property({ attribute: "data-related", type: Array }) related: Related[] = [];
  @state() private tab: string | null = null;
  @state() private chosen: Path = [];
  @state() private stop = "";
  @state() private isPhone = false;
  @state() private tongue: Language = language();
  private entitySchema: Definition = {};
  private entityReading = new Reading({});
  private wired = new WeakSet<Element>();

  protected override get keys(): string[] {
    return [this.key, this.entityKey];
  }

  private get entityKey(): string {
    return `entity/${this.entity}`;
  }

  protected override async prepare(): Promise<void> {
    const [schema] = await Promise.all([this.drafts.schema("entity"), this.bench.open(this.entityKey)]);
    this.entitySchema = schema;
    this.entityReading = new Reading(schema);
  }

  private get subject(): Definition {
    const found = this.bench.documents[this.entityKey];
    return isObject(found) ? found : {};
  }

  private get fieldSchema(): Definition {
    const fields = isObject(this.entitySchema.properties) ? this.entityReading.resolved(this.entitySchema.properties.fields) : {};
    return this.entityReading.resolved(fields.additionalProperties);
  }

  private get types(): TypeAbout[] {
    const properties = this.fieldSchema.properties;
    return this.entityReading.types(isObject(properties) ? this.entityReading.resolved(properties.type) : {}).filter((each) => !each.system);
  }

  // ---- what is done

  private do(text: string, form: Definition, merge?: string): void {
    if (same(form, this.definition)) return;
    this.bench.change(text, { [this.key]: form }, merge ? { merge } : {});
    this.say(text);
  }

  /** Where a new thing goes: after what is chosen, else to the end of the last section. */
  private target(): { section: Path; index: number } {
    const here = this.chosen.includes("fields") ? this.chosen : [];
    if (here.length) return { section: here.slice(0, -2), index: fieldsIn(at(this.definition, here.slice(0, -2))).findIndex(([name]) => name === here.at(-1)) + 1 };
    const chosen = this.chosen.at(-2) === "sections" ? this.chosen : undefined;
    const last = sectionsOf(this.definition, this.tab).at(-1)?.[0];
    const section = chosen ?? (last ? [...sectionsPath(this.tab), last] : undefined);
    return { section: section ?? [], index: Infinity };
  }

  private add(key: string, where = this.target()): void {
    const [what = "", name = ""] = [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)];
    if (what === "layout" && name === "section") this.addSection();
    else if (what === "layout") this.addTab("tab", { label: { en: "New tab", zh: "新标签页" }, kind: "fields", sections: {} });
    else if (what === "related") this.addRelated(name);
    else if (!where.section.length) this.warn(say("build_no_section"));
    else if (what === "field") this.place(name, where);
    else this.addNew(name, where);
  }

  private place(name: string, where: { section: Path; index: number }): void {
    const label = pick(at(this.subject, ["fields", name, "label"])) || name;
    this.do(say("build_placed", { label }), withField(this.definition, where.section, name, where.index));
    this.pick([...where.section, "fields", name]);
  }

  /** A field that the entity does not have yet: both definitions change in one step. */
  private addNew(key: string, where: { section: Path; index: number }): void {
    const type = this.types.find((each) => each.key === key);
    if (!type) return;
    const made = addedField(this.subject, type, Infinity);
    const text = say("build_field_added", { label: pick(type.label) });
    this.bench.change(text, { [this.entityKey]: made.entity, [this.key]: withField(this.definition, where.section, made.name, where.index) });
    this.say(text);
    this.pick([...where.section, "fields", made.name]);
    this.openPanel();
  }

  private addSection = (): void => {
    const made = withSection(this.definition, this.tab, { en: "New section", zh: "新分组" }, Infinity);
    this.do(say("build_section_added"), made.form);
    this.pick(made.path);
    this.openPanel();
  };

  private addTab(name: string, tab: Definition): void {
    const made = withTab(this.definition, name, tab);
    this.do(say("build_tab_added", { label: pick(tab.label) }), made.form);
    this.tab = made.name;
    this.pick(["tabs", made.name]);
  }

  private addRelated(key: string): void {
    const found = this.related.find((each) => `${each.entity}.${each.lookup}` === key);
    if (!found) return;
    const columns = Object.fromEntries(found.columns.map((name, at) => [name, { order: (at + 1) * 10 }]));
    this.addTab(found.entity, { label: found.label, kind: "related", entity: found.entity, lookup: found.lookup, columns });
  }

  private takeOff(path: Path): void {
    if (path.length < 2) return;
    const label = this.labelOf(path);
    const next = all("[data-stop]", this).map((each) => each.dataset.stop ?? "").filter((each) => each !== path.join("/"));
    const at = Math.max(0, all("[data-stop]", this).findIndex((each) => each.dataset.stop === path.join("/")) - 1);
    this.do(say("build_taken_off", { label }), without(this.definition, path));
    if (path[0] === "tabs" && path.length === 2) this.tab = null;
    this.chosen = [];
    this.focusStop(next[at] ?? "");
  }

  private shift(path: Path, by: 1 | -1): void {
    const isField = path.at(-2) === "fields";
    const all = path.at(-2) === "sections" ? sectionsOf(this.definition, this.tab).findIndex(([name]) => name === path.at(-1)) : 0;
    const to = isField ? step(this.definition, this.tab, path, by) : undefined;
    const next = to ? [...to.section, "fields", path.at(-1) ?? ""] : path;
    if (to) this.do(say("build_field_moved", { label: this.labelOf(path) }), moved(this.definition, path, to.section, to.index));
    else if (path.at(-2) === "sections" && all + by >= 0) this.do(say("build_field_moved", { label: this.labelOf(path) }), sectionMoved(this.definition, path, all + by));
    if (this.chosen.length) this.chosen = next;
    this.focusStop(next.join("/"));
  }

  private resize(path: Path, by: 1 | -1): void {
    const section = at(this.definition, path.slice(0, -2));
    const item = at(this.definition, path);
    if (!isObject(section) || !isObject(item)) return;
    const width = resized(spanOf(item, section, false), by);
    this.do(say("build_width_is", { label: this.labelOf(path), n: width }), put(this.definition, [...path, "width"], width) as Definition);
  }

  private drop = (dropped: Dropped): void => {
    const section = (dropped.list.dataset.fields ?? "").split("/");
    if (dropped.added !== undefined) this.add(dropped.added, { section, index: dropped.index });
    else if (dropped.moved?.dataset.field) {
      const path = dropped.moved.dataset.field.split("/");
      this.do(say("build_field_moved", { label: this.labelOf(path) }), moved(this.definition, path, section, dropped.index));
      this.pick([...section, "fields", path.at(-1) ?? ""]);
    }
  };

  private dropSection = (dropped: Dropped): void => {
    const path = (dropped.moved?.dataset.section ?? "").split("/");
    if (path.length > 1) this.do(say("build_field_moved", { label: this.labelOf(path) }), sectionMoved(this.definition, path, dropped.index));
  };

  private edit = (key: string) => (path: string[], value: Json | undefined, merge?: string): void => {
    const before = key === this.key ? this.definition : this.subject;
    this.bench.change(say("build_edited", { label: this.labelOf(this.chosen) }), { [key]: put(before, path, value) as Definition }, merge ? { merge: `${key} ${merge}` } : {});
  };

  private labelOf(path: Path): string {
    const name = path.at(-1) ?? "";
    const own = pick(at(this.definition, [...path, "label"]));
    return own || (path.at(-2) === "fields" ? pick(at(this.subject, ["fields", name, "label"])) : "") || name || pick(this.definition.label);
  }

  // ---- choosing and keys

  private pick = (path: Path): void => {
    this.bench.history.seal();
    this.chosen = path;
    this.stop = path.join("/");
    const panel = this.querySelector(".panel");
    if (panel && path.length && getComputedStyle(panel).position === "static") panel.scrollIntoView({ behavior: "smooth" });
  };

  private focusStop(place: string): void {
    this.stop = place;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`[data-stop="${CSS.escape(place)}"]`)?.focus());
  }

  private openPanel(): void {
    void this.updateComplete.then(() => requestAnimationFrame(() => this.querySelector<HTMLElement>(".panel sartor-panel :is(input, select, textarea)")?.focus()));
  }

  private onStopKey = (event: KeyboardEvent): void => {
    const place = (event.target as Element).closest<HTMLElement>("[data-stop]")?.dataset.stop;
    if (place === undefined || event.ctrlKey || event.metaKey) return;
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key] as 1 | -1 | undefined;
    const path = place.split("/");
    const stops = all("[data-stop]", this).map((each) => each.dataset.stop ?? "");
    if (by && event.altKey) this.shift(path, by);
    else if (by) this.focusStop(stops[stops.indexOf(place) + by] ?? place);
    else if (event.altKey && ["+", "=", "-", "−"].includes(event.key)) this.resize(path, event.key === "+" || event.key === "=" ? 1 : -1);
    else if (event.key === "Enter") {
      this.pick(path);
      this.openPanel();
    } else if (event.key === "Delete" || event.key === "Backspace") this.takeOff(path);
    else return;
    event.preventDefault();
  };

  private onKey = (event: KeyboardEvent): void => {
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "/" && !isTyping(event.target)) {
      event.preventDefault();
      this.querySelector<SartorPalette>("sartor-palette")?.find();
    } else if (event.key === "Escape" && (event.target as Element).closest?.(".panel")) this.focusStop(this.chosen.join("/"));
  };

  private show = (tab: string | null): void => {
    this.tab = tab;
    this.pick(tab === null ? [] : ["tabs", tab]);
  };

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", this.onKey);
    for (const link of all<HTMLAnchorElement>("[data-try]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        void this.tryIt(link);
      });
    }
    for (const button of all<HTMLButtonElement>("[data-size], [data-tongue]")) button.addEventListener("click", () => this.look(button));
  }

  /** The form as people will see it, in a window as wide as the canvas shows it. */
  private async tryIt(link: HTMLAnchorElement): Promise<void> {
    await this.bench.keep();
    if (this.bench.state !== "kept") return this.warn(say("build_keep_first"));
    window.open(`${link.href}?language=${this.tongue}`, this.isPhone ? "sartor-trial-phone" : "sartor-trial", this.isPhone ? "popup,width=375,height=812" : "");
  }

  private look(button: HTMLButtonElement): void {
    const name = button.dataset.size ? "data-size" : "data-tongue";
    for (const other of all(`[${name}]`)) other.setAttribute("aria-pressed", String(other === button));
    if (button.dataset.size) this.isPhone = button.dataset.size === "phone";
    else this.tongue = button.dataset.tongue === "zh" ? "zh" : "en";
  }

  protected override willUpdate(): void {
    if (this.tab !== null && !tabsOf(this.definition).some(([name]) => name === this.tab)) this.tab = null;
    if (this.chosen.length && at(this.definition, this.chosen) === undefined) this.chosen = [];
  }

  protected override updated(): void {
    for (const list of all("[data-fields]", this)) this.wire(list, () => sortable(list, GROUP, "[data-field]", this.drop));
    for (const list of all("[data-sections]", this)) this.wire(list, () => sortable(list, "sections", "[data-section]", this.dropSection, "[data-grip]"));
    const stops = all("[data-stop]", this);
    if (stops.length && !stops.some((each) => each.dataset.stop === this.stop)) this.stop = stops[0]?.dataset.stop ?? "";
  }

  private wire(list: HTMLElement, start: () => void): void {
    if (this.wired.has(list)) return;
    this.wired.add(list);
    start();
  }

  // ---- what is drawn

  protected override render(): TemplateResult {
    if (!this.isReady) return html`<p class="main canvas faint" aria-busy="true">${say("searching")}</p>`;
    const { definition: form, subject: entity, published, tab, stop, tongue } = this;
    const type = (field: Definition | undefined) => this.types.find((each) => each.key === field?.type);
    const canvas = { key: this.key, form, entity, published, tab, stop, chosen: this.chosen.join("/"), language: tongue, problems: this.bench.problems, type, choose: this.pick, show: this.show, addSection: this.addSection };
    return html`<sartor-palette .shelves=${shelves(form, entity, this.types, this.related)} group=${GROUP} @add=${(event: CustomEvent<string>) => this.add(event.detail)} @leave=${() => this.focusStop(stop)}></sartor-palette>
      <section class="main canvas" aria-label=${say("build_canvas")} @keydown=${this.onStopKey}><div class="sheet stack-4 ${this.isPhone ? "is-phone" : ""}" lang=${tongue === "zh" ? "zh-Hans" : "en"}>
        <p class="row-flex only-phone"><button type="button" class="btn btn-default" data-add @click=${() => this.querySelector<SartorPalette>("sartor-palette")?.find()}>${icon("plus")}${say("build_add_to_form")}</button></p>
        ${sheet(canvas)}${this.elsewhere()}</div></section>
      <aside class="panel" aria-label=${say("build_properties")}>${this.drawPanel()}</aside>
      <div class="sr" aria-live="assertive" data-says></div>`;
  }

  private around(key: string, reading: Reading): Around {
    return { reading, world: this.world, file: key, entity: this.entity, problems: this.bench.problems, isChecked: this.bench.isChecked, edit: this.edit(key) };
  }

  /** The schema of the place that is chosen. */
  private schemaAt(path: Path): Definition {
    let schema = this.schema;
    for (const name of path) {
      const whole = this.reading.resolved(schema);
      const part = isObject(whole.properties) ? whole.properties[name] : undefined;
      schema = this.reading.resolved(part ?? whole.additionalProperties);
    }
    return schema;
  }

  private drawPanel(): TemplateResult {
    const path = this.chosen;
    const value = path.length ? at(this.definition, path) : this.definition;
    const name = path.at(-2) === "fields" ? (path.at(-1) ?? "") : "";
    const field = name ? at(this.subject, ["fields", name]) : undefined;
    const what = name ? "build_field" : path.at(-2) === "sections" ? "build_section" : path.length ? "build_tab" : "build_form";
    return html`<header>${icon(name ? "input-search" : "forms")}<h2 class="grow clip">${this.labelOf(path)} <span class="faint t-12">${say(what)}</span></h2></header>
      <sartor-panel .around=${this.around(this.key, this.reading)} .schema=${this.schemaAt(path)} .value=${isObject(value) ? value : {}} .path=${path} heading=${say("build_on_form")}></sartor-panel>
      ${isObject(field) ? html`<p class="note in-panel">${say("build_field_itself")}</p><sartor-panel .around=${this.around(this.entityKey, this.entityReading)} .schema=${this.fieldSchema} .value=${field} .path=${["fields", name]} .only=${RULES}></sartor-panel>` : nothing}
      ${path.length > 1 ? html`<fieldset><legend>${say("build_use")}</legend><div class="row-flex wrap"><button type="button" class="btn btn-danger" data-off @click=${() => this.takeOff(path)}>${icon("x")}${say("build_take_off")}</button>${name ? html`<a class="btn btn-default" href="../entities/${this.entity}">${icon("table")}${say("build_open_entity")}</a>` : nothing}</div></fieldset>` : nothing}`;
  }
}

customElements.define("sartor-form-designer", SartorFormDesigner);
