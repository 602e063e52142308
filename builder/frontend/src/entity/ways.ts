// <sartor-ways>: how something may be taken out, and what each way changes and leaves; asked of the server when it is chosen.
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { say } from "@ui/words";
import type { Retirement } from "../core/drafts";

export type More = { instead?: string; mend?: boolean };
type Way = "plain" | "instead" | "mend";

export class SartorWays extends LitElement {
  /** What it means when nothing else is done. */
  @property({ attribute: false }) plain: Retirement | undefined;
  /** What could take its place, by name and label. */
  @property({ attribute: false }) others: [string, string][] = [];
  @property({ attribute: false }) propose: (more: More) => Promise<Retirement | null> = () => Promise.resolve(null);
  @state() private way: Way = "plain";
  @state() private instead = "";
  @state() private proposed: Retirement | null = null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** What was chosen, once the server has told what it means; null where it refuses. */
  chosen: Promise<Retirement | null> = Promise.resolve(null);

  private choose(way: Way, instead = this.instead || (this.others[0]?.[0] ?? "")): void {
    [this.way, this.instead, this.proposed] = [way, instead, null];
    const asked = way === "plain" ? Promise.resolve(this.plain ?? null) : this.propose(way === "mend" ? { mend: true } : { instead });
    this.chosen = asked;
    void asked.then((told) => {
      if (this.chosen === asked) this.proposed = told;
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.choose("plain");
  }

  protected override render(): TemplateResult {
    return html`<div class="stack-4">${this.drawWays()}<div class="stack" aria-live="polite" data-means=${this.way}>${this.proposed ? this.drawMeaning(this.proposed) : nothing}</div></div>`;
  }

  private drawWays(): TemplateResult | typeof nothing {
    const isMendable = Boolean(this.plain?.left.length);
    if (!isMendable && !this.others.length) return nothing;
    return html`<fieldset class="choices"><legend class="medium">${say("build_retire_users")}</legend>
      ${this.drawWay("plain", say("build_retire_plain"))}
      ${isMendable ? this.drawWay("mend", say("build_retire_mend")) : nothing}
      ${this.others.length ? html`${this.drawWay("instead", say("build_retire_instead"))}${this.drawOthers()}` : nothing}</fieldset>`;
  }

  private drawWay(value: Way, text: string): TemplateResult {
    return html`<label class="row-flex top"><input type="radio" class="form-check-input" name="way" value=${value} .checked=${this.way === value} @change=${() => this.choose(value)}><span>${text}</span></label>`;
  }

  private drawOthers(): TemplateResult {
    const change = (event: Event) => this.choose("instead", (event.target as HTMLSelectElement).value);
    return html`<select class="form-select" aria-label=${say("build_retire_instead")} @change=${change}>${this.others.map(([name, label]) => html`<option value=${name}>${label}</option>`)}</select>`;
  }

  private drawMeaning({ changes, left }: Retirement): TemplateResult {
    const title = { plain: "build_retire_also", mend: "build_retire_also_mend", instead: "build_retire_also_instead" }[this.way];
    return html`${changes.length ? html`<div><p class="medium">${say(title)}</p>${list(changes.map((each) => (each.goes ? `${each.said} · ${say("build_retire_goes")}` : each.said)))}</div>` : nothing}
      ${left.length ? html`<div class="note note-warn"><div class="grow"><b>${say("build_retire_reads")}</b>${list(left.map((each) => each.said))}</div></div>` : nothing}`;
  }
}

function list(texts: string[]): TemplateResult {
  return html`<ul class="problems">${texts.map((text) => html`<li>${text}</li>`)}</ul>`;
}

customElements.define("sartor-ways", SartorWays);
