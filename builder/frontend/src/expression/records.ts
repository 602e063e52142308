// <sartor-records>: a box that finds one record by its title, of one entity or of several; `chosen` tells its id.
// A combobox as ARIA describes it.
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { debounce } from "@ui/dom";
import { say } from "@ui/words";
import { recordsOf, type Titled } from "./asking";

const SEARCH_AFTER = 180;
let made = 0;

export class SartorRecords extends LitElement {
  /** Name and label of each entity that is searched. */
  @property({ attribute: false }) entities: [string, string][] = [];
  @property() label = "";
  @state() private found: Titled[] | null = null;
  @state() private at = -1;
  private text = "";
  private readonly list = `records-${++made}`;
  private soon = debounce(() => void this.search(), SEARCH_AFTER);

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  private async search(): Promise<void> {
    const { text } = this;
    const found = await recordsOf(this.entities, text);
    if (text !== this.text) return;
    this.found = found;
    this.at = found.length && text ? 0 : -1;
  }

  private choose(record: Titled): void {
    this.dispatchEvent(new CustomEvent<string>("chosen", { detail: record.id }));
    this.dispatchEvent(new CustomEvent<Titled>("record", { detail: record }));
    this.found = null;
    this.text = "";
    const box = this.querySelector("input");
    if (box) box.value = "";
  }

  private onKey = (event: KeyboardEvent): void => {
    const { found } = this;
    if (event.key === "ArrowDown" && !found) void this.search();
    else if (event.key === "Escape" && found) this.found = null;
    else if (found && ["ArrowDown", "ArrowUp"].includes(event.key)) this.at = Math.max(0, Math.min(found.length - 1, this.at + (event.key === "ArrowDown" ? 1 : -1)));
    else if (event.key === "Enter" && found?.[this.at]) this.choose(found[this.at] as Titled);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  protected override render(): TemplateResult {
    const { found, at, list } = this;
    const typed = (event: Event) => {
      this.text = (event.target as HTMLInputElement).value;
      this.soon();
    };
    return html`<div class="finder"><input class="form-control" type="text" role="combobox" autocomplete="off" spellcheck="false" aria-autocomplete="list" aria-label=${this.label} placeholder=${say("build_find_record")} aria-expanded=${found !== null} aria-controls=${list}
        aria-activedescendant=${found && at >= 0 ? `${list}-${at}` : nothing} @input=${typed} @focus=${() => void this.search()} @blur=${() => setTimeout(() => (this.found = null), 150)} @keydown=${this.onKey}>
      <ul class="finder-list" role="listbox" id=${list} aria-label=${this.label} ?hidden=${!found?.length}>${(found ?? []).map((each, place) => html`<li role="option" id="${list}-${place}" aria-selected=${place === at} @mousedown=${(event: Event) => event.preventDefault()} @click=${() => this.choose(each)}>${each.title}${each.of ? html` <span class="faint">${each.of}</span>` : nothing}</li>`)}</ul>
      ${found && !found.length ? html`<span class="hint">${say("build_no_record")}</span>` : nothing}</div>`;
  }
}

customElements.define("sartor-records", SartorRecords);
