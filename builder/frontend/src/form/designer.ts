// <sartor-form-designer data-definition="form/deal.main" data-entity="deal">: sections, tabs and fields of a form by dragging.
// What belongs to a field itself (required, shown only if …) is edited beside its place on the form.
import { html, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { all, icon } from "@ui/dom";
import { say } from "@ui/words";
import { ChoosingDesigner } from "../core/choosing";
import { opening } from "../core/designer";
import { at, isObject, pointer, put, type Definition, type Json, type Path } from "../core/json";
import { pick } from "../core/labels";
import type { Related } from "../core/related";
import { sortable, type Dropped } from "../core/sorting";
import { Asking } from "../expression/asking";
import type { Around } from "../panel/panel";
import { Reading, type TypeAbout } from "../panel/schema";
import { adding, target } from "./adding";
import { sheet } from "./canvas";
import { buttonMoved, buttonsOf, fieldsPath, HEAD, isField, moved, resized, sectionMoved, sectionsOf, spanOf, step, tabsOf, withField, without } from "./layout";
import { ownLabel, shelves } from "./shelves";
import { side, type Side } from "./side";
import { tryAs } from "./trying";

const GROUP = "form";
/** The widget of fields that hold lines. */
const LINES = "lines";

export class SartorFormDesigner extends ChoosingDesigner {
  @property({ attribute: "data-entity" }) entity = "";
  @property({ attribute: "data-related", type: Array }) related: Related[] = [];
  @state() private tab: string | null = null;
  private entitySchema: Definition = {};
  private entityReading = new Reading({});

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

  /** Puts something out of the palette onto the form, as one step. */
  private add(key: string, where = target(this.definition, this.tab, this.chosen)): void {
    const made = adding(key, where, { form: this.definition, entity: this.subject, tab: this.tab, types: this.types, related: this.related });
    if (!made) return this.warn(say("build_no_section"));
    const edits = { [this.key]: made.form, ...(made.entity ? { [this.entityKey]: made.entity } : {}) };
    this.bench.change(made.text, edits);
    this.say(made.text);
    this.tab = made.tab;
    this.pick(made.chosen);
    if (!key.startsWith("field:")) this.openPanel();
  }

  private addSection = (): void => this.add("layout:section");

  protected takeOut(path: Path): void {
    if (path.length < 2) return;
    const isTab = path[0] === "tabs" && path.length === 2;
    this.leave(say("build_taken_off", { label: this.labelOf(path) }), path, without(this.definition, path));
    if (isTab) this.tab = null;
  }

  protected shift(path: Path, by: 1 | -1): void {
    const all = path.at(-2) === "sections" ? sectionsOf(this.definition, this.tab).findIndex(([name]) => name === path.at(-1)) : 0;
    if (path[0] === "buttons") return this.shiftButton(path, by);
    const to = isField(path) ? step(this.definition, this.tab, path, by) : undefined;
    const next = to ? [...fieldsPath(to.section), path.at(-1) ?? ""] : path;
    if (to) this.do(say("build_field_moved", { label: this.labelOf(path) }), moved(this.definition, path, to.section, to.index));
    else if (path.at(-2) === "sections" && all + by >= 0) this.do(say("build_field_moved", { label: this.labelOf(path) }), sectionMoved(this.definition, path, all + by));
    if (this.chosen.length) this.chosen = next;
    this.focusStop(next.join("/"));
  }

  private shiftButton(path: Path, by: 1 | -1): void {
    const name = path.at(-1) ?? "";
    const to = buttonsOf(this.definition).findIndex(([each]) => each === name) + by;
    if (to >= 0) this.do(say("build_field_moved", { label: this.labelOf(path) }), buttonMoved(this.definition, name, to));
    this.focusStop(path.join("/"));
  }

  private dropButton = (dropped: Dropped): void => {
    const name = dropped.moved?.dataset.button;
    if (name) this.do(say("build_field_moved", { label: this.labelOf(["buttons", name]) }), buttonMoved(this.definition, name, dropped.index));
  };

  private makeFact(name: string): void {
    this.do(say("build_is_fact", { label: this.labelOf([...HEAD, name]) }), withField(this.definition, HEAD, name, Infinity));
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
      this.pick([...fieldsPath(section), path.at(-1) ?? ""]);
    }
  };

  private dropSection = (dropped: Dropped): void => {
    const path = (dropped.moved?.dataset.section ?? "").split("/");
    if (path.length > 1) this.do(say("build_field_moved", { label: this.labelOf(path) }), sectionMoved(this.definition, path, dropped.index));
  };

  private edit = (key: string) => (path: string[], value: Json | undefined, merge?: string): void => this.typed(key, say("build_edited", { label: this.labelOf(this.chosen) }), path, value, merge);

  private labelOf(path: Path): string {
    const name = path.at(-1) ?? "";
    const own = pick(at(this.definition, [...path, "label"]));
    return own || (isField(path) ? pick(at(this.subject, ["fields", name, "label"])) : "") || ownLabel(name) || pick(this.definition.label);
  }

  private sentence = async (rule: string, of: "form" | "entity", place: Path): Promise<string> => {
    const spot = { set: this.world.set, key: of === "form" ? this.key : this.entityKey, path: pointer(place), entity: this.entity, documents: () => this.world.open };
    return (await new Asking(spot).judge({ text: rule }))?.said ?? "";
  };

  // ---- keys

  protected override onOwnKey(event: KeyboardEvent, path: Path): boolean {
    if (!event.altKey || !["+", "=", "-", "−"].includes(event.key)) return false;
    this.resize(path, event.key === "+" || event.key === "=" ? 1 : -1);
    return true;
  }

  protected override show(path: string[]): void {
    const end = path.includes("fields") ? path.indexOf("fields") + 2 : path.includes("sections") ? path.indexOf("sections") + 2 : Math.min(path.length, 2);
    const place = path.slice(0, end);
    if (place.length < 2 || at(this.definition, place) === undefined) return;
    this.tab = place[0] === "tabs" ? (place[1] ?? null) : null;
    this.pick(place);
  }

  private called = (entity: string, field?: string): string => {
    const found = field === undefined ? this.world.definitions("entity") : this.world.fields(entity, true);
    return found.find((each) => each.name === (field ?? entity))?.label ?? field ?? entity;
  };

  private showTab = (tab: string | null): void => {
    this.tab = tab;
    this.pick(tab === null ? [] : ["tabs", tab]);
  };

  override connectedCallback(): void {
    super.connectedCallback();
    for (const link of all<HTMLAnchorElement>("[data-try]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        void this.tryIt(link);
      });
    }
    for (const button of all<HTMLButtonElement>("[data-try-how]")) button.addEventListener("click", () => void this.tryHow(button));
  }

  /** The form as people will see it, in a window as wide as the canvas shows it. */
  private async tryIt(link: HTMLAnchorElement): Promise<void> {
    await this.bench.keep();
    if (this.bench.state !== "kept") return this.warn(say("build_keep_first"));
    const address = link.href.replace(/(\/preview\/[^/]+\/[^/]+\/)\w+/, `$1${this.tongue}`);
    window.open(address, this.isPhone ? "sartor-trial-phone" : "sartor-trial", this.isPhone ? "popup,width=375,height=812" : "");
  }

  /** The same on a record that one chooses, as a role. */
  private async tryHow(button: HTMLButtonElement): Promise<void> {
    await this.bench.keep();
    if (this.bench.state !== "kept") return this.warn(say("build_keep_first"));
    const url = new URL(document.querySelector<HTMLAnchorElement>("[data-try]")?.href ?? "", location.href).pathname;
    await tryAs(button, url, { entity: this.dataset.entity ?? "", isMain: this.definition.purpose !== "quick" }, { language: this.tongue, isPhone: this.isPhone });
  }

  protected override willUpdate(): void {
    if (this.tab !== null && !tabsOf(this.definition).some(([name]) => name === this.tab)) this.tab = null;
    super.willUpdate();
  }

  protected wireLists(): void {
    for (const list of all("[data-fields]", this)) this.wire(list, () => sortable(list, GROUP, "[data-field]", this.drop));
    for (const list of all("[data-buttons]", this)) this.wire(list, () => sortable(list, "buttons", "[data-button]", this.dropButton));
    for (const list of all("[data-sections]", this)) this.wire(list, () => sortable(list, "sections", "[data-section]", this.dropSection, "[data-grip]"));
  }

  // ---- what is drawn

  protected override render(): TemplateResult {
    if (!this.isReady) return opening();
    const { definition: form, subject: entity, published, tab, stop, tongue } = this;
    const type = (field: Definition | undefined) => this.types.find((each) => each.key === field?.type);
    const canvas = { key: this.key, form, entity, published, tab, stop, chosen: this.chosen.join("/"), language: tongue, problems: this.bench.problems, type, sentence: this.sentence, choose: (path: Path) => this.pick(path), show: this.showTab, addSection: this.addSection, called: this.called };
    return html`<sartor-palette .shelves=${shelves(form, entity, this.types, this.related)} group=${GROUP} @add=${(event: CustomEvent<string>) => this.add(event.detail)} @leave=${() => this.focusStop(stop)}></sartor-palette>
      <section class="main canvas" aria-label=${say("build_canvas")} @keydown=${this.onStopKey}><div class="sheet stack-4 ${this.isPhone ? "is-phone" : ""}" lang=${tongue === "zh" ? "zh-Hans" : "en"}>
        <p class="row-flex only-phone"><button type="button" class="btn btn-default" data-add @click=${this.findInPalette}>${icon("plus")}${say("build_add_to_form")}</button></p>
        ${sheet(canvas)}${this.elsewhere()}</div></section>
      <aside class="panel" aria-label=${say("build_properties")}>${side(this.sideOf(this.chosen))}</aside>
      <div class="sr" aria-live="assertive" data-says></div>`;
  }

  private sideOf(path: Path): Side {
    const name = isField(path) ? (path.at(-1) ?? "") : "";
    const value = path.length ? at(this.definition, path) : this.definition;
    const field = name ? at(this.subject, ["fields", name]) : undefined;
    const lines = this.linesOf(field);
    const around = this.around(this.key, this.reading);
    return {
      path,
      label: this.labelOf(path),
      value: isObject(value) ? value : {},
      schema: this.reading.below(this.schema, path),
      around: lines ? { ...around, entity: lines } : around,
      entity: this.entity,
      field,
      lines,
      fieldSchema: this.fieldSchema,
      fieldAround: this.around(this.entityKey, this.entityReading),
      whole: () => this.wholeName(),
      takeOff: () => this.takeOut(path),
      ...(name && path[0] !== HEAD[0] && this.definition.purpose !== "quick" && at(this.definition, [...HEAD, name]) === undefined ? { makeFact: () => this.makeFact(name) } : {}),
    };
  }

  /** The entity of the lines that a field holds. */
  private linesOf(field: Json | undefined): string {
    const type = isObject(field) ? this.types.find((each) => each.key === field.type) : undefined;
    return type?.widget === LINES ? String(at(field, ["options", "entity"]) ?? "") : "";
  }

  private around(key: string, reading: Reading): Around {
    return { reading, world: this.world, file: key, entity: this.entity, problems: this.bench.problems, isChecked: this.bench.isChecked, edit: this.edit(key) };
  }
}

customElements.define("sartor-form-designer", SartorFormDesigner);
