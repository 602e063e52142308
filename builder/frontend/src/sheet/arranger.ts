// A designer whose canvas holds named things in an order: choosing and moving them by keys, palette and panel around them.
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import { Designer, opening } from "../core/designer";
import { type Definition, type Json } from "../core/json";
import type { SartorPalette, Shelf } from "../core/palette";
import type { Around } from "../panel/panel";
import type { Schema } from "../panel/schema";

/** What the panel shows. path: where it stands in the definition; about: what sort of thing it is; lead: what stands
    before its properties, where that is not the name of the whole. */
export interface Subject {
  title: string;
  about: string;
  icon: string;
  schema: Schema;
  value: Definition;
  path: string[];
  lead?: TemplateResult;
}

export abstract class Arranger extends Designer {
  /** What is chosen; null for the definition itself. */
  @state() protected chosen: string | null = null;
  /** Where the tab key stops. */
  @state() protected stop = "";
  @state() private isJson = false;
  /** The group that takes what comes out of the palette; empty where the canvas takes it by itself. */
  protected get dragGroup(): string {
    return "canvas";
  }

  /** Names of what can be chosen, in their order. */
  protected abstract get order(): string[];
  protected abstract get shelves(): Shelf[];
  protected abstract get subject(): Subject;
  protected abstract add(key: string): void;
  protected abstract moveBy(name: string, by: number): void;
  protected abstract takeOut(name: string): void | Promise<void>;
  protected abstract edit(path: string[], value: Json | undefined, merge?: string): void;
  protected abstract drawSheet(): TemplateResult;

  protected do(text: string, definition: Definition, merge?: string): void {
    this.bench.change(text, { [this.key]: definition }, merge ? { merge } : {});
  }

  protected choose(name: string | null): void {
    this.bench.history.seal();
    this.chosen = name;
    this.isJson = false;
    this.querySelector(".panel")?.scrollTo(0, 0);
    if (name) this.stop = name;
  }

  /** `#/columns/amount` in the address chooses that column. */
  protected override show(path: string[]): void {
    const name = path[1];
    if (name && this.order.includes(name)) this.choose(name);
  }

  protected focusOn(name: string): void {
    this.stop = name;
    void this.updateComplete.then(() => this.element(name)?.focus());
  }

  private element(name: string): HTMLElement | null {
    const found = this.querySelector<HTMLElement>(`[data-name="${CSS.escape(name)}"]`);
    return found?.hasAttribute("tabindex") ? found : (found?.querySelector<HTMLElement>("button") ?? null);
  }

  /** The definition without a part; the focus goes to what stands in its place. */
  protected leave(name: string, text: string, definition: Definition): void {
    const place = this.order.indexOf(name);
    this.do(text, definition);
    this.choose(null);
    this.say(text);
    this.focusOn(this.order[Math.min(place, this.order.length - 1)] ?? "");
  }

  /** anew: what was just added, perhaps below what is seen of the canvas; whoever types names it. */
  protected openPanel(selector = "sartor-panel input:not([type=checkbox]), sartor-panel select", anew = false): void {
    const start = () => {
      if (anew && this.chosen) this.element(this.chosen)?.scrollIntoView({ block: "center" });
      const box = this.querySelector<HTMLElement>(`.panel ${selector}`);
      box?.focus();
      if (anew && box instanceof HTMLInputElement) box.select();
    };
    void this.updateComplete.then(() => requestAnimationFrame(start));
  }

  protected get palette(): SartorPalette | null {
    return this.querySelector<SartorPalette>("sartor-palette");
  }

  // ---- keys

  protected onItemKey = (event: KeyboardEvent): void => {
    const name = (event.target as Element).closest<HTMLElement>("[data-name]")?.dataset.name;
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!name || event.ctrlKey || event.metaKey) return;
    const at = this.order.indexOf(name);
    if (step && event.altKey) this.moveBy(name, step);
    else if (step) this.focusOn(this.order[at + step] ?? name);
    else if (event.key === "Home" || event.key === "End") this.focusOn(this.order.at(event.key === "Home" ? 0 : -1) ?? name);
    else if (event.key === "Enter" || event.key === " ") {
      this.choose(name);
      this.openPanel();
    } else if (event.key === "Delete" || event.key === "Backspace") void this.takeOut(name);
    else return;
    event.preventDefault();
  };

  protected onItemClick = (event: Event): void => {
    const name = (event.target as Element).closest<HTMLElement>("[data-name]")?.dataset.name;
    if (!name) return;
    this.choose(name);
    this.showPanel();
  };

  protected override backToCanvas(): void {
    this.focusOn(this.chosen ?? this.order[0] ?? "");
  }

  protected override willUpdate(): void {
    if (this.chosen && !this.order.includes(this.chosen)) this.chosen = null;
    if (!this.order.includes(this.stop)) this.stop = this.order[0] ?? "";
  }

  // ---- what is drawn

  protected override render(): TemplateResult {
    if (!this.isReady) return opening();
    return html`${this.shelves.length ? html`<sartor-palette .shelves=${this.shelves} group=${this.dragGroup} @add=${(event: CustomEvent<string>) => this.add(event.detail)} @leave=${() => this.focusOn(this.stop)}></sartor-palette>` : nothing}
      <section class="main canvas" aria-label=${say("build_canvas")}>${this.drawSheet()}</section>
      <aside class="panel" aria-label=${say("build_properties")}>${this.drawPanel()}</aside>
      <div class="sr" aria-live="assertive" data-says></div>`;
  }

  private drawPanel(): TemplateResult {
    const { title, about, icon: name, value, schema, path, lead } = this.subject;
    return html`<header>${icon(name)}<h2 class="grow clip">${title} <span class="faint t-12">${about}</span></h2>
        <button type="button" class="btn btn-quiet btn-icon" aria-pressed=${this.isJson} aria-label=${say("build_json")} title=${say("build_json")} @click=${() => (this.isJson = !this.isJson)}>${icon("braces")}</button></header>
      ${this.isJson
        ? html`<pre class="json" tabindex="0" aria-label=${say("build_json")}>${JSON.stringify(value, null, 2)}</pre>`
        : html`<sartor-panel .around=${this.around} .schema=${schema} .value=${value} .path=${path} heading=${say("build_properties")} .lead=${lead ?? (path.length ? undefined : this.wholeName())} .rest=${this.below()}></sartor-panel>`}
      ${this.drawUse()}`;
  }

  /** What stands in the panel below the generated parts, before what is rarely needed. */
  protected below(): TemplateResult | typeof nothing {
    return nothing;
  }

  /** What can be done with what is chosen as a whole. */
  protected drawUse(): TemplateResult {
    const name = this.chosen;
    return html`<fieldset><legend>${say("build_use")}</legend><div class="row-flex wrap">${name === null
      ? html`<button type="button" class="btn btn-danger" data-retire @click=${() => void this.retire()}>${icon("archive")}${say("build_retire_this")}</button>`
      : html`<button type="button" class="btn btn-danger" data-off @click=${() => void this.takeOut(name)}>${icon("x")}${say("build_take_out")}</button>`}</div></fieldset>`;
  }

  /** Takes the whole definition out. */
  protected abstract retire(): Promise<void>;

  protected get entity(): string {
    return "";
  }

  protected get around(): Around {
    return { reading: this.reading, world: this.world, file: this.key, entity: this.entity, problems: this.bench.problems, isChecked: this.bench.isChecked, edit: (path, value, merge) => this.edit(path, value, merge) };
  }

  protected wrongAt(pointer: string): string {
    return this.bench.problems.find((each) => each.file === this.key && (each.field === pointer || each.field.startsWith(`${pointer}/`)))?.message ?? "";
  }
}
