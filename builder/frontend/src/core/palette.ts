// <sartor-palette>: what can be put onto the canvas. Dragged by mouse or finger; `/` finds, Enter adds.
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import Sortable from "sortablejs";
import { all, isTyping } from "@ui/dom";
import { say } from "@ui/words";
import { icon } from "./icon";
import { CARRYING } from "./sorting";

export interface Item {
  key: string;
  text: string;
  icon: string;
  hint?: string;
  /** A class of colour, shown as a dot in place of the icon. */
  tone?: string;
  /** Further words by which it is found. */
  words?: string;
}

export interface Shelf {
  title: string;
  items: Item[];
}

export class SartorPalette extends LitElement {
  @property({ attribute: false }) shelves: Shelf[] = [];
  /** What Sortable calls the group that takes its items; empty where the canvas takes them by itself. */
  @property() group = "canvas";
  @state() private wanted = "";
  private dragging = new Map<Element, Sortable>();

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", this.onPageKey);
  }

  override disconnectedCallback(): void {
    document.removeEventListener("keydown", this.onPageKey);
    super.disconnectedCallback();
  }

  private onPageKey = (event: KeyboardEvent): void => {
    if (event.key !== "/" || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    this.find();
  };

  find(): void {
    this.classList.add("is-open");
    const box = this.querySelector<HTMLInputElement>("input[type=search]");
    box?.focus();
    box?.select();
  }

  close(): void {
    this.classList.remove("is-open");
  }

  /** Something was taken out by a hand: on a phone the sheet makes way for what lies below, and closes when it lets go. */
  lend(isInHand: boolean): void {
    this.classList.toggle("is-lending", isInHand);
    if (!isInHand) this.close();
  }

  private fits(item: Item): boolean {
    return `${item.text} ${item.key} ${item.words ?? ""}`.toLowerCase().includes(this.wanted.trim().toLowerCase());
  }

  private add(key: string): void {
    this.wanted = "";
    this.close();
    this.dispatchEvent(new CustomEvent("add", { detail: key }));
  }

  private get shown(): HTMLButtonElement[] {
    return all<HTMLButtonElement>("[data-item]", this).filter((each) => !each.hidden);
  }

  private onKey = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const box = this.querySelector<HTMLInputElement>("input[type=search]");
    if (step) {
      const at = this.shown.indexOf(document.activeElement as HTMLButtonElement);
      const next = at + step < 0 ? box : this.shown[Math.min(at + step, this.shown.length - 1)];
      next?.focus();
    } else if (event.key === "Enter" && event.target === box) {
      const first = this.shown[0]?.dataset.item;
      if (first) this.add(first);
    } else if (event.key === "Escape") {
      this.wanted = "";
      this.close();
      this.dispatchEvent(new Event("leave"));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  protected override updated(): void {
    for (const list of all("[data-shelf]", this)) {
      this.dragging.get(list)?.option("disabled", !this.group);
      if (!this.group || this.dragging.has(list)) continue;
      const group = { name: this.group, pull: "clone" as const, put: false };
      this.dragging.set(list, Sortable.create(list, { ...CARRYING, group, sort: false, draggable: "[data-item]", onStart: () => this.lend(true), onEnd: () => this.lend(false) }));
    }
  }

  protected override render(): TemplateResult {
    return html`<section class="rail rail-left palette-rail" aria-label=${say("build_palette")} @keydown=${this.onKey}>
      <div class="row-flex"><input class="form-control grow" type="search" aria-label=${say("build_find_item")} placeholder=${say("build_find_item")} autocomplete="off" .value=${this.wanted} @input=${(event: Event) => (this.wanted = (event.target as HTMLInputElement).value)}>
      <button type="button" class="btn btn-quiet btn-icon only-phone" aria-label=${say("close")} @click=${this.close}>${icon("x")}</button></div>
      ${this.shelves.map((shelf) => this.drawShelf(shelf))}
      ${this.shelves.every((shelf) => !shelf.items.some((item) => this.fits(item))) ? html`<p class="faint t-12">${say("no_hits")}</p>` : nothing}
    </section>`;
  }

  private drawShelf(shelf: Shelf): TemplateResult {
    return html`<div class="palette" ?hidden=${!shelf.items.some((item) => this.fits(item))}><h2 class="label">${shelf.title}</h2>
      <div data-shelf>${shelf.items.map((item) => html`<button type="button" data-item=${item.key} title=${item.hint ? `${item.text} · ${item.hint}` : item.text} ?hidden=${!this.fits(item)} @click=${() => this.add(item.key)}>${item.tone ? html`<span class="tone ${item.tone}" aria-hidden="true"></span>` : icon(item.icon)}<span class="clip">${item.text}</span></button>`)}</div></div>`;
  }
}

customElements.define("sartor-palette", SartorPalette);
