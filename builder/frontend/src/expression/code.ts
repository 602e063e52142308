// <sartor-code>: a box for an expression. A text area until the editor is there (`data-editor` of the page names it).
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { property, state } from "lit/decorators.js";
import { allFunctions, type Fault, type FunctionAbout, type Offer } from "./asking";
import type { Handle, Wanted } from "./editor";

/** What the script of the editors offers. */
export type Editors = typeof import("../editors");

let loading: Promise<Editors | null> | undefined;

function editors(): Promise<Editors | null> {
  const url = document.body.dataset.editor;
  if (!url) return Promise.resolve(null);
  loading ??= (import(url) as Promise<Editors>).catch(() => null);
  return loading;
}

export class SartorCode extends LitElement {
  /** Clicking on its label goes into the box. */
  static formAssociated = true;
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = css`
    :host { display: block; min-width: 0; }
    textarea { box-sizing: border-box; width: 100%; min-height: var(--control); padding: 6px 9px; border: 1px solid var(--line-3); border-radius: var(--r-2); background: var(--paper); color: var(--ink); font: var(--t-12)/1.6 var(--mono); field-sizing: content; resize: vertical; }
    textarea:focus { outline: 2px solid var(--accent); outline-offset: 1px; }
    textarea::placeholder { color: var(--ink-3); }`;
  @property() value = "";
  @property() label = "";
  @property() hint = "";
  @property() example = "";
  @property({ type: Boolean }) line = false;
  @property({ attribute: false }) faults: Fault[] = [];
  @property({ attribute: false }) offers: Wanted["offers"] = () => Promise.resolve([] as Offer[]);
  @state() private isOpen = false;
  protected handle: Handle | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.shadowRoot?.addEventListener("keydown", (event) => this.keep(event as KeyboardEvent));
    requestAnimationFrame(() => void editors().then((module) => module && this.isConnected && this.begin(module)));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.handle?.close();
    this.handle = undefined;
    this.isOpen = false;
  }

  /** Keys of the editor are nobody else's, but for an Escape that it has no use for. */
  private keep(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.defaultPrevented) event.stopPropagation();
  }

  /** Whether Ctrl Z is about what was typed here and not about the designer. */
  takesUndo(isRedo: boolean): boolean {
    return this.handle?.canUndo(isRedo) ?? false;
  }

  private begin(module: Editors): void {
    const root = this.shadowRoot;
    const parent = root?.querySelector("div");
    if (!root || !parent || this.handle) return;
    const box = root.querySelector("textarea");
    const had = root.activeElement === box ? box : null;
    const place: [number, number] = [had?.selectionStart ?? 0, had?.selectionEnd ?? 0];
    this.handle = this.open(module, root, parent);
    this.isOpen = true;
    this.handle.faults(this.faults);
    if (had) this.handle.focus(...place);
  }

  /** The editor in its place. */
  protected open(module: Editors, root: ShadowRoot, parent: HTMLElement): Handle {
    return module.open({ root, parent, text: this.value, label: this.label, hint: this.hint, example: this.example, isOneLine: this.line, offers: (text, at) => this.offers(text, at), functions: allFunctions, change: (text) => this.tell(text), help: (about) => this.help(about) });
  }

  protected tell(text: string): void {
    this.value = text;
    this.dispatchEvent(new CustomEvent<string>("typed", { detail: text }));
  }

  private help(about: FunctionAbout): void {
    this.dispatchEvent(new CustomEvent<FunctionAbout>("help", { detail: about }));
  }

  protected override updated(changed: PropertyValues): void {
    if (!this.handle) return;
    if (changed.has("value") && this.handle.text !== this.value) this.handle.put(this.value);
    if (changed.has("faults") && this.isOpen) this.handle.faults(this.faults);
  }

  /** The editor fills the box that is always there; nothing else is drawn into it. */
  protected override render(): TemplateResult {
    return html`<div></div>${this.isOpen ? nothing : this.drawText()}`;
  }

  private drawText(): TemplateResult {
    const typed = (event: Event) => this.tell((event.target as HTMLTextAreaElement).value);
    return html`<textarea rows="1" spellcheck="false" autocomplete="off" maxlength="4000" aria-label=${this.label} aria-description=${this.hint || nothing} placeholder=${this.example} .value=${live(this.value)} @input=${typed}></textarea>`;
  }
}

customElements.define("sartor-code", SartorCode);
