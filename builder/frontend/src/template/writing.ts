// <sartor-writing>: a text of a template, written in its place on the canvas. Values stand in it as chips; the tools put
// fields, bold type and points in, and change the language. Escape leaves.
import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import { LANGUAGES, pick, said, type Language } from "../core/labels";
import type { Json } from "../core/json";
import { SartorCode, type Editors } from "../expression/code";
import type { Field, LetterHandle } from "./letter_editor";
import { meant } from "./merging";

const NAMES: Record<Language, string> = { en: "EN", zh: "中" };

/** <sartor-letter>: the box itself. */
export class SartorLetter extends SartorCode {
  static override styles = css`
    :host { display: block; min-width: 0; text-align: inherit; }
    textarea { box-sizing: border-box; width: 100%; padding: 0; border: 0; background: none; color: inherit; font: inherit; line-height: 1.7; field-sizing: content; resize: none; outline: none; }`;
  @property({ attribute: false }) fields: readonly Field[] = [];
  @property({ attribute: false }) called: (expression: string) => string = meant;
  private letter: LetterHandle | undefined;

  protected override open(editors: Editors, root: ShadowRoot, parent: HTMLElement): LetterHandle {
    const { value: text, label, fields, called } = this;
    const change = (next: string) => this.tell(next);
    this.letter = editors.openLetter({ root, parent, text, label, fields, called, change, leave: () => this.dispatchEvent(new Event("leave")) });
    return this.letter;
  }

  /** Goes to the end of the text, or marks all of it; what is typed before the editor is there is typed into a plain box. */
  goIn(isAll: boolean): void {
    const box = this.shadowRoot?.querySelector("textarea");
    if (this.letter) return isAll ? this.letter.focus(0) : this.letter.focus();
    box?.focus();
    box?.setSelectionRange(isAll ? 0 : box.value.length, box.value.length);
  }

  insert(path?: string): void {
    this.letter?.insert(path);
  }

  bold(): void {
    this.letter?.bold();
  }

  points(): void {
    this.letter?.points();
  }
}

export class SartorWriting extends LitElement {
  @property({ attribute: false }) value: Json | undefined;
  /** What stands there was written by nobody, and is written over. */
  @property({ attribute: false }) isUnwritten = false;
  @property() tongue: Language = "en";
  @property({ attribute: false }) fields: readonly Field[] = [];
  @property({ attribute: false }) called: (expression: string) => string = meant;
  @property({ attribute: false }) change: (value: Json | undefined) => void = () => undefined;
  @property({ attribute: false }) turn: (tongue: Language) => void = () => undefined;
  @property({ attribute: false }) leave: () => void = () => undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener("keydown", this.onKey);
  }

  /** Keys in here are about the text, none about its block. */
  private onKey = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === "Escape" && !event.defaultPrevented) this.leave();
  };

  private get letter(): SartorLetter | null {
    return this.querySelector<SartorLetter>("sartor-letter");
  }

  /** Puts a field in where the cursor is; without one it asks for it. */
  insert(path?: string): void {
    this.letter?.insert(path);
  }

  protected override updated(changed: PropertyValues): void {
    const letter = this.letter;
    if (changed.has("tongue")) void letter?.updateComplete.then(() => letter.goIn(this.isUnwritten));
  }

  private typed = (event: CustomEvent<string>): void => this.change(said(this.value, this.tongue, event.detail));

  protected override render(): TemplateResult {
    const { value, tongue } = this;
    const own = typeof value === "object" && value !== null && !Array.isArray(value) ? String(value[tongue] ?? "") : pick(value, tongue);
    const label = say(tongue === "en" ? "build_english" : "build_chinese", { text: say("build_text_block") });
    return html`<div class="writing-tools" role="toolbar" aria-label=${say("build_writing")} @mousedown=${(event: Event) => event.preventDefault()}>
        <button type="button" class="btn btn-default" data-put-field aria-label=${say("build_put_field")} @click=${() => this.insert()}>${icon("braces")}<span class="only-desk">${say("build_put_field")}</span></button>
        ${this.tool("bold", icon("bold"), () => this.letter?.bold())}${this.tool("points", icon("list"), () => this.letter?.points())}
        <span class="push"></span>
        <span class="seg" role="group" aria-label=${say("build_language")}>${LANGUAGES.map((each) => html`<button type="button" lang=${each === "zh" ? "zh-Hans" : "en"} aria-pressed=${each === tongue} @click=${() => this.turn(each)}>${NAMES[each]}</button>`)}</span>
        ${this.tool("done", icon("check"), this.leave)}</div>
      <sartor-letter .value=${own} .label=${label} .fields=${this.fields} .called=${this.called} lang=${tongue === "zh" ? "zh-Hans" : "en"} @typed=${this.typed} @leave=${this.leave}></sartor-letter>`;
  }

  private tool(name: "bold" | "points" | "done", sign: SVGSVGElement, act: () => void): TemplateResult {
    const text = say(`build_${name}`);
    return html`<button type="button" class="btn btn-quiet btn-icon" aria-label=${text} title=${text} @click=${act}>${sign}</button>`;
  }
}

customElements.define("sartor-letter", SartorLetter);
customElements.define("sartor-writing", SartorWriting);
