// <sartor-settings>: values for some fields, `x-keys: field`. A constant is given as its field is (a list of choices, a
// day, a number), anything else as an expression. Offered is what the check accepts there; `x-keys: field:typed` are the
// fields that people type.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import { isObject, pointer, put, type Definition } from "../core/json";
import { Asking, type ConditionField } from "../expression/asking";
import { kindOf, NOTHING, read, write, type Kind } from "../expression/literals";
import { entityOf, idOf, type Place } from "./place";
import { describedBy, said } from "./saying";

const INPUTS: Partial<Record<Kind, string>> = { date: "date" };

export class SartorSettings extends LitElement {
  @property({ attribute: false }) place: Place | undefined;
  @state() private fields: ConditionField[] = [];
  private asked: string | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("place") && this.place && this.asked !== this.spot) void this.ask();
  }

  /** Of which place the fields were asked for. */
  private get spot(): string {
    return this.place ? `${this.place.around.file} ${entityOf(this.place)}` : "";
  }

  private ask = async (): Promise<void> => {
    if (!this.place) return;
    const { around, path } = this.place;
    this.asked = this.spot;
    const spot = { set: around.world.set, key: around.file, path: pointer(path), entity: entityOf(this.place), documents: () => around.world.open };
    this.fields = await new Asking(spot).fields("");
  };

  private get map(): Definition {
    return isObject(this.place?.value) ? this.place.value : {};
  }

  private get free(): ConditionField[] {
    const isTyped = this.place?.part.schema["x-keys"] === "field:typed";
    return this.fields.filter((each) => each.settable && !(isTyped && each.read_only) && !(each.path in this.map));
  }

  private labelOf(key: string): string {
    const world = this.place && this.place.around.world.fields(entityOf(this.place), true);
    return this.fields.find((each) => each.path === key)?.text ?? world?.find((each) => each.name === key)?.label ?? key;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { place } = this;
    if (!place) return nothing;
    const { part, path, around } = place;
    const add = (event: Event) => {
      const select = event.target as HTMLSelectElement;
      const name = select.value;
      select.value = "";
      if (name) around.edit(path, { ...this.map, [name]: NOTHING });
    };
    return html`<div class="field map" data-part=${part.name}><span class="label" id=${idOf(path)}>${part.title}</span>
      ${repeat(Object.keys(this.map), (key) => key, (key) => this.drawLine(place, key))}
      ${said(place)}
      <select class="form-select" aria-label=${say("build_add_to", { text: part.title })} @focus=${this.ask} @change=${add}><option value="">${say("build_add_to", { text: part.title })}</option>${this.free.map((each) => html`<option value=${each.path}>${each.text}</option>`)}</select></div>`;
  }

  private drawLine(place: Place, key: string): TemplateResult {
    const { part, path, around } = place;
    const title = this.labelOf(key);
    const line = { name: key, schema: around.reading.resolved(part.schema.additionalProperties), title, hint: "", group: "", required: true };
    // Nothing is shown as nothing, not as the word for it; emptied while it is typed, the field stays.
    const typing = { ...around, edit: (at: string[], next: Place["value"], merge?: string) => around.edit(at, next || NOTHING, merge) };
    const value = this.map[key] === NOTHING ? "" : this.map[key];
    const at: Place = { ...place, part: line, path: [...path, key], value, around: typing };
    const off = put(this.map, [key], undefined);
    return html`<div class="row-flex top value-line"><div class="grow">${this.drawValue(at, this.fields.find((each) => each.path === key))}</div>
      <button type="button" class="btn btn-quiet btn-icon" aria-label=${say("build_off", { text: title })} title=${say("build_off", { text: title })} @click=${() => around.edit(path, Object.keys(off as object).length ? off : undefined)}>${icon("x")}</button></div>`;
  }

  private drawValue(place: Place, field: ConditionField | undefined): TemplateResult {
    const kind = field && kindOf(field.type, field.asks.kind);
    const text = typeof place.value === "string" ? place.value : "";
    const constant = kind && read(kind, text);
    const id = idOf(place.path);
    if (!kind) return place.around.line(place);
    const isOwn = constant === undefined || place.around.isOpen(`${id} own`);
    const way = html`<button type="button" class="btn btn-quiet btn-icon" aria-pressed=${isOwn} ?disabled=${constant === undefined} aria-label="${place.part.title}: ${say("build_own_expression")}" title=${say("build_own_expression")} @click=${() => place.around.toggle(`${id} own`)}>${icon("code")}</button>`;
    const drawn = isOwn ? place.around.line(place) : this.drawConstant(place, { field, kind, constant });
    return html`<div class="row-flex top"><div class="grow">${drawn}</div>${way}</div>`;
  }

  private drawConstant(place: Place, { field, kind, constant }: { field: ConditionField; kind: Kind; constant: string }): TemplateResult {
    const id = idOf(place.path);
    const options = field.asks.options;
    const typed = (event: Event) => place.around.edit(place.path, write(kind, (event.target as HTMLInputElement).value), `type ${place.path.join("/")}`);
    const isNumber = kind === "number" || kind === "percent";
    const input = kind === "choice" || kind === "boolean"
      ? html`<select class="form-select" id=${id} aria-describedby=${describedBy(place) || nothing} @change=${typed}><option value="" .selected=${live(constant === "")}>${say("build_none")}</option>${options.map(([key, text]) => html`<option value=${key} .selected=${live(key === constant)}>${text}</option>`)}</select>`
      : html`<span class="row-flex"><input class="form-control ${isNumber ? "num" : ""}" id=${id} type=${isNumber ? "number" : (INPUTS[kind] ?? "text")} step=${isNumber ? "any" : nothing} autocomplete="off" placeholder=${say("build_none")} aria-describedby=${describedBy(place) || nothing} .value=${live(constant)} @change=${typed}>${kind === "percent" ? html`<span class="faint" aria-hidden="true">%</span>` : nothing}</span>`;
    return html`<div class="field" data-part=${place.part.name}><label for=${id}>${place.part.title}</label>${input}${said(place)}</div>`;
  }
}

customElements.define("sartor-settings", SartorSettings);
