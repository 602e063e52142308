// <sartor-pasting>: a box into which the lines of a list are pasted, one choice a line; Ctrl Enter takes them.
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { icon } from "@ui/dom";
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import type { Pasted } from "../core/pasting";

const LINES = 6;

export class SartorPasting extends LitElement {
  /** What becomes of the lines; told so. */
  @property({ attribute: false }) take: (text: string) => Promise<Pasted> = () => Promise.reject(new Error("no taker"));
  /** Of the box, which stands once in a page. */
  @property() control = "";
  @state() private isOpen = false;
  @state() private text = "";

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  private open = (): void => {
    this.isOpen = true;
    void this.updateComplete.then(() => {
      this.querySelector("textarea")?.focus({ preventScroll: true });
      this.scrollIntoView({ block: "nearest" });
    });
  };

  private close = (): void => {
    this.isOpen = false;
    this.text = "";
    void this.updateComplete.then(() => this.querySelector("button")?.focus());
  };

  private async add(): Promise<void> {
    if (!this.text.trim()) return;
    const { added, known } = await this.take(this.text);
    toast(say(known ? "build_pasted_known" : "build_pasted", { n: added, known }), added ? "good" : "bad");
    this.close();
  }

  private onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void this.add();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  protected override render(): TemplateResult {
    return this.isOpen ? this.drawBox() : html`<button type="button" class="btn btn-quiet" data-paste @click=${this.open}>${icon("clipboard-list")}${say("build_paste")}</button>`;
  }

  private drawBox(): TemplateResult {
    const typed = (event: Event) => (this.text = (event.target as HTMLTextAreaElement).value);
    const count = this.text.split(/\r\n?|\n/).filter((each) => each.trim()).length;
    return html`<div class="field stack"><label for=${this.control}>${say("build_paste_label")}</label>
      <textarea class="form-control" id=${this.control} rows=${LINES} spellcheck="false" aria-describedby="${this.control}-hint" .value=${this.text} @input=${typed} @keydown=${this.onKey}></textarea>
      <span class="hint" id="${this.control}-hint">${say("build_paste_hint")}</span>
      <div class="row-flex wrap"><button type="button" class="btn btn-default" data-take-lines ?disabled=${!count} @click=${() => void this.add()}>${icon("plus")}${say("build_paste_take", { n: count })}${count ? html`<kbd class="only-desk">Ctrl ↵</kbd>` : nothing}</button>
        <button type="button" class="btn btn-quiet" @click=${this.close}>${say("cancel")}</button></div></div>`;
  }
}

customElements.define("sartor-pasting", SartorPasting);
