// <sartor-expression>: an expression in a panel. As text in an editor or, where it is a condition, as rows; below it what
// it says as a sentence and what it gives for a record.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { debounce, icon } from "@ui/dom";
import { say } from "@ui/words";
import { Asking, type Fault, type FunctionAbout, type Group, type Judged, type Spot } from "./asking";
import "./code";
import "./conditions";
import { FINGER } from "./finger";
import "./records";

const JUDGE_AFTER = 220;
const LATEST = "latest";
const LIKED = "sartor.conditions";
/** Records that were chosen to try expressions on, by entity. */
const samples = new Map<string, string>();

export class SartorExpression extends LitElement {
  @property({ attribute: false }) spot: Spot | undefined;
  @property() value = "";
  @property() label = "";
  @property() hint = "";
  /** Of the control that the label and the page name. */
  @property() control = "";
  /** condition, expression or path. */
  @property() kind: "condition" | "expression" | "path" = "expression";
  /** Whether the page says already what is wrong here. */
  @property({ type: Boolean }) told = false;
  @property({ attribute: false }) change: (text: string) => void = () => undefined;
  @state() private judged: Judged | null = null;
  @state() private isTried = false;
  @state() private isChoosing = false;
  @state() private asText: boolean | undefined;
  /** What somebody liked when this was opened: choosing otherwise in one place turns no other while it is looked at. */
  private likesText = false;
  @state() private about: FunctionAbout | null = null;
  private asking: Asking | undefined;
  private soon = debounce(() => void this.judge(), JUDGE_AFTER);

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener("focusin", this.onFocus);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("spot") && this.spot && !this.isSameSpot(changed.get("spot") as Spot | undefined)) {
      this.asking = new Asking(this.spot);
      this.judged = this.about = null;
      this.asText = undefined;
      this.likesText = localStorage.getItem(LIKED) === "text";
      this.isTried = this.isChoosing = false;
      if (this.value && this.kind === "condition") void this.judge();
    } else if (changed.has("value") && this.judged && this.judged.text !== this.value) this.soon();
  }

  private isSameSpot(other: Spot | undefined): boolean {
    return other !== undefined && other.key === this.spot?.key && other.path === this.spot.path;
  }

  /** Nothing is asked about an expression that nobody looks into. */
  private onFocus = (): void => {
    if (this.isTried || this.kind === "path") return;
    this.isTried = true;
    void this.judge();
  };

  private get sample(): string {
    return samples.get(this.judged?.entity ?? this.spot?.entity ?? "") ?? LATEST;
  }

  private async judge(): Promise<void> {
    const found = await this.asking?.judge({ text: this.value, ...(this.isTried ? { sample: this.sample } : {}) });
    if (!found || !this.isConnected || found.text !== this.value) return;
    this.judged = found;
    if (this.isUnread) this.asText = true; // and it stays so under the cursor once it can be read
  }

  private typed = (text: string): void => {
    this.value = text;
    this.change(text);
    if (this.kind !== "path") this.soon();
  };

  /** Rows were edited: what they say as text is the expression. */
  private rowed = async (tree: Group): Promise<Fault[]> => {
    const found = await this.asking?.judge({ tree, ...(this.isTried ? { sample: this.sample } : {}) });
    if (!found || !this.isConnected) return [];
    if (found.faults.some((each) => each.field !== undefined && each.field !== "")) return found.faults;
    this.judged = found;
    this.value = found.text;
    this.change(found.text);
    return [];
  };

  private get faults(): Fault[] {
    return this.judged?.text === this.value ? this.judged.faults : [];
  }

  /** Rows where they can say it, unless somebody likes texts better. */
  private get isText(): boolean {
    if (this.kind !== "condition") return true;
    if (this.asText !== undefined) return this.asText;
    if (this.likesText) return true;
    if (!this.value || this.judged === null) return false;
    return !this.judged.tree || hasText(this.judged.tree);
  }

  /** Whether it is no condition yet, so that no row could show it. */
  private get isUnread(): boolean {
    return this.judged?.text === this.value && this.value !== "" && !this.judged.tree;
  }

  private show(asText: boolean): void {
    this.asText = asText;
    localStorage.setItem(LIKED, asText ? "text" : "rows");
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`#${CSS.escape(this.control)}`)?.focus());
  }

  protected override render(): TemplateResult {
    return html`${this.kind === "condition" ? this.drawWay() : nothing}
      ${this.isText ? this.drawCode() : html`<sartor-conditions .asking=${this.asking} .value=${this.value} .judged=${this.judged} control=${this.control} label=${this.label} .write=${this.rowed}></sartor-conditions>`}
      ${this.isText && this.faults.length && !this.told ? html`<span class="wrong" role="status">${this.faults[0]?.message}</span>` : nothing}
      ${this.drawHelp()}${this.drawSaid()}${this.drawResult()}`;
  }

  private drawWay(): TemplateResult {
    const way = (asText: boolean, text: string, drawn: SVGElement) => html`<button type="button" aria-pressed=${this.isText === asText} title=${text} aria-label="${this.label}: ${text}" ?disabled=${!asText && this.isUnread} @click=${() => this.show(asText)}>${drawn}</button>`;
    return html`<div class="seg way" role="group" aria-label=${say("build_way", { text: this.label })}>${way(false, say("build_as_rows"), icon("filter"))}${way(true, say("build_as_text"), icon("code"))}</div>`;
  }

  private drawCode(): TemplateResult {
    const offers = (text: string, position: number) =>
      this.asking?.offers(text, position).then((found) => (this.kind === "path" ? found.filter((each) => each.kind === "field") : found)) ?? Promise.resolve([]);
    return html`<sartor-code id=${this.control} .value=${this.value} .label=${this.label} .hint=${this.hint} example=${this.kind === "path" ? "" : say(matchMedia(FINGER).matches ? "build_expression_names" : "build_expression_keys")} ?line=${this.kind === "path"} .faults=${this.faults} .offers=${offers}
      @typed=${(event: CustomEvent<string>) => this.typed(event.detail)} @help=${(event: CustomEvent<FunctionAbout>) => (this.about = event.detail)}></sartor-code>`;
  }

  private drawHelp(): TemplateResult | typeof nothing {
    if (!this.about) return nothing;
    const { signature, help, example, gives } = this.about;
    return html`<div class="note function-help" role="status"><div class="grow"><b class="mono">${signature}</b><p>${help}</p><code class="mono faint">${example} = ${gives}</code></div>
      <button type="button" class="btn btn-quiet btn-icon" aria-label=${say("build_close")} title=${say("build_close")} @click=${() => (this.about = null)}>${icon("x")}</button></div>`;
  }

  private drawSaid(): TemplateResult | typeof nothing {
    const { judged } = this;
    return judged?.said && judged.text === this.value && this.isText ? html`<span class="hint said-so">${judged.said}</span>` : nothing;
  }

  private drawResult(): TemplateResult | typeof nothing {
    const result = this.judged?.text === this.value ? this.judged.result : null;
    const entity = this.judged?.entity ?? "";
    if (!this.isTried || !this.value || (!result && !this.isChoosing)) return nothing;
    const choose = (event: CustomEvent<string>) => {
      samples.set(entity, event.detail);
      this.isChoosing = false;
      void this.judge();
    };
    return html`<div class="hint result"><span role="status">${icon("player-play")}${result?.record ? html`<span class="clip">${result.title}</span>` : result?.title}${result?.shown ? html` <b>${result.shown}</b>` : nothing}${result?.note ? html` <span class="faint">${result.note}</span>` : nothing}</span>
      ${entity && (!result || result.record || result.note) ? html`<button type="button" class="btn btn-quiet btn-icon" aria-expanded=${this.isChoosing} aria-label=${say("build_other_sample")} title=${say("build_other_sample")} @click=${() => (this.isChoosing = !this.isChoosing)}>${icon("switch-horizontal")}</button>` : nothing}
      ${this.isChoosing ? html`<sartor-records .entities=${[[entity, entity]]} label=${say("build_other_sample")} @chosen=${choose}></sartor-records>` : nothing}</div>`;
  }
}

/** Whether something in a tree is more than rows can say. */
export function hasText(tree: Group): boolean {
  return tree.items.some((each) => ("items" in each ? hasText(each) : !("path" in each)));
}

customElements.define("sartor-expression", SartorExpression);
