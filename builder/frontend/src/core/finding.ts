// A record that one chooses by its title: the list of those found, and the box that narrows it. What is shown is what is
// chosen, and an answer that came too late is not shown. `told` says that the list is another one.
import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { debounce } from "@ui/dom";
import { ask } from "@ui/net";
import { say } from "@ui/words";

interface Found {
  id: string;
  title: string;
}

export class Finding extends EventTarget {
  record = "";
  found: Found[] = [];
  private wanted = "";
  private soon = debounce(() => void this.find(), 250);

  /** isNeeded: the first record is chosen where none is. */
  constructor(private url: string, private entity: string, private isNeeded: boolean) {
    super();
  }

  async find(): Promise<void> {
    const { wanted } = this;
    const answer = await ask(`${this.url}?${String(new URLSearchParams({ entity: this.entity, q: wanted }))}`);
    const found = answer?.ok ? ((await answer.json()) as Found[]) : null;
    if (!found || wanted !== this.wanted) return;
    this.found = found;
    if (!found.some((each) => each.id === this.record)) this.record = (this.isNeeded && found[0]?.id) || "";
    this.dispatchEvent(new Event("told"));
  }

  choose = (event: Event): void => {
    this.record = (event.target as HTMLSelectElement).value;
    this.dispatchEvent(new Event("told"));
  };

  private search = (event: Event): void => {
    this.wanted = (event.target as HTMLInputElement).value;
    this.soon();
  };

  /** none: what stands first, for no record in particular. */
  options(none?: string): TemplateResult[] {
    const all = none === undefined ? this.found : [{ id: "", title: none }, ...this.found];
    return all.map((each) => html`<option value=${each.id} .selected=${live(each.id === this.record)}>${each.title}</option>`);
  }

  box(): TemplateResult {
    return html`<input class="form-control" type="search" aria-label=${say("build_find_record")} placeholder=${say("build_find_record")} autocomplete="off" @input=${this.search}>`;
  }
}
