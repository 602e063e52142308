// <sartor-panel>: the properties of one thing, generated from the JSON Schema that checks it.
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { say } from "@ui/words";
import { isObject, type Definition } from "../core/json";
import { line } from "./inputs";
import { idOf, type Place, type Surroundings } from "./place";
import { grouped, type Part, type Schema } from "./schema";

export type Around = Omit<Surroundings, "isOpen" | "toggle" | "line" | "newborn">;

const INPUTS = "input, select, textarea, button, [contenteditable]";
/** How often an input is looked for: conditions are drawn once the server has told what they may ask of. */
const LOOKS = 30;

/** The first input in a place of a panel, once it is there. */
async function inputIn(found: Element): Promise<HTMLElement | null> {
  if (found.matches(INPUTS)) return found as HTMLElement;
  for (let look = 0; look < LOOKS; look++) {
    const box = found.querySelector<HTMLElement>(INPUTS);
    if (box) return box;
    await new Promise((done) => setTimeout(done, 100));
  }
  return null;
}

export class SartorPanel extends LitElement {
  @property({ attribute: false }) around: Around | undefined;
  @property({ attribute: false }) schema: Schema = {};
  @property({ attribute: false }) value: Definition = {};
  @property({ attribute: false }) path: string[] = [];
  /** Heading of the parts that name no group. */
  @property() heading = "";
  /** What stands before the parts of the first group: a name, which is no property. */
  @property({ attribute: false }) lead: TemplateResult | undefined;
  /** What belongs to it and is drawn by hand; it stands before what is rarely needed, which comes last. */
  @property({ attribute: false }) rest: TemplateResult | typeof nothing = nothing;
  /** Only these parts; all of them where it is empty. */
  @property({ attribute: false }) only: string[] = [];
  @state() private opened = new Set<string>();

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  private newborn = new Set<string>();

  /** Opens the entries on the way to a place and brings the focus there, or as near as there is an input; whether there is one. */
  async reveal(path: string[]): Promise<boolean> {
    const ways = path.map((_each, at) => idOf(path.slice(0, at + 1)));
    this.opened = new Set([...this.opened, ...ways]);
    await this.updateComplete;
    const found = ways.reverse().map((id) => this.querySelector(`[control="${id}"], #${CSS.escape(id)}`)).find(Boolean);
    if (!found) return false;
    found.scrollIntoView({ block: "center" });
    (await inputIn(found))?.focus();
    return true;
  }

  private get surroundings(): Surroundings {
    return {
      ...(this.around as Around),
      line,
      newborn: this.newborn,
      isOpen: (place) => this.opened.has(place),
      toggle: (place) => {
        this.opened = new Set(this.opened.has(place) ? [...this.opened].filter((each) => each !== place) : [...this.opened, place]);
      },
    };
  }

  /** Parts of an object that only holds this type's options stand under the same headings as the rest. */
  private places(): Place[] {
    const around = this.surroundings;
    const place = (part: Part, path: string[], owner: Definition): Place => ({ part, path: [...path, part.name], value: owner[part.name], owner, around });
    const parts = around.reading.parts(this.schema, this.value).filter((part) => !this.only.length || this.only.includes(part.name));
    return parts.flatMap((part) => {
      if (part.name !== "options") return [place(part, this.path, this.value)];
      const inner = isObject(this.value.options) ? this.value.options : {};
      return around.reading.parts(part.schema, inner).map((each) => place({ ...each, group: each.group || part.group }, [...this.path, "options"], inner));
    });
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.around) return nothing;
    const places = this.places();
    const rare = say("build_advanced");
    const groups = grouped(places.map((each) => each.part)).sort(([one], [other]) => Number(one === rare) - Number(other === rare));
    const drawn = groups.map(([name, parts], number) => html`<fieldset><legend>${name || this.heading}</legend>
      ${number === 0 ? (this.lead ?? nothing) : nothing}
      ${places.filter((each) => parts.includes(each.part)).map(line)}</fieldset>`);
    const last = groups.at(-1)?.[0] === rare ? groups.length - 1 : groups.length;
    return html`${drawn.slice(0, last)}${this.rest}${drawn.slice(last)}`;
  }
}

customElements.define("sartor-panel", SartorPanel);
