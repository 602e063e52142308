// The page filled in from a record that one chooses, drawn by the server as people will get it; asked anew after each edit.
import { html, nothing, type TemplateResult } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { debounce } from "@ui/dom";
import { ask } from "@ui/net";
import { say } from "@ui/words";
import type { Definition } from "../core/json";
import type { Language } from "../core/labels";
import { Looker } from "../view/live";

interface Filled {
  html: string;
  subject: string;
  to: string;
  notes: string[];
}

interface Found {
  id: string;
  title: string;
}

export class Preview extends EventTarget {
  record = "";
  found: Found[] = [];
  private isAsked = false;
  private looker = new Looker<Filled>(() => this.live);
  private soon = debounce(() => void this.find(), 250);
  private wanted = "";

  constructor(private live: string, private records: string, private entity: string) {
    super();
    this.looker.addEventListener("told", () => this.tell());
  }

  private tell(): void {
    this.dispatchEvent(new Event("told"));
  }

  follow(template: Definition, language: Language): void {
    if (!this.isAsked) void this.find();
    this.isAsked = true;
    if (this.record) this.looker.follow({ template, language, record: this.record });
  }

  private async find(): Promise<void> {
    const answer = await ask(`${this.records}?${String(new URLSearchParams({ entity: this.entity, q: this.wanted }))}`);
    if (!answer?.ok) return;
    this.found = (await answer.json()) as Found[];
    if (!this.found.some((each) => each.id === this.record)) this.record = this.found[0]?.id ?? "";
    this.tell();
  }

  private choose = (event: Event): void => {
    this.record = (event.target as HTMLSelectElement).value;
    this.tell();
  };

  private search = (event: Event): void => {
    this.wanted = (event.target as HTMLInputElement).value;
    this.soon();
  };

  draw(isMail: boolean, isPhone: boolean): TemplateResult {
    const filled = this.looker.live;
    return html`<div class="template-preview ${isPhone ? "is-phone" : ""}">
      <div class="row-flex wrap preview-bar"><label for="preview-record">${say("build_fill_from")}</label><select class="form-select" id="preview-record" @change=${this.choose}>${this.found.map((each) => html`<option value=${each.id} ?selected=${each.id === this.record}>${each.title}</option>`)}</select>
        <input class="form-control" type="search" aria-label=${say("build_find_record")} placeholder=${say("build_find_record")} autocomplete="off" @input=${this.search}></div>
      ${this.isAsked && !this.found.length ? html`<p class="faint">${say("build_no_record")}</p>` : nothing}
      ${filled?.notes.map((each) => html`<p class="note note-warn"><span class="grow">${each}</span></p>`)}
      ${filled?.html ? html`<dl class="preview-head">${isMail ? html`<div><dt>${say("build_to")}</dt><dd>${filled.to || "—"}</dd></div>` : nothing}<div><dt>${say("build_subject")}</dt><dd>${filled.subject}</dd></div></dl>
        <div class=${isMail ? "mail-text" : ""} role="region" aria-label=${say("build_open_preview")}>${unsafeHTML(filled.html)}</div>` : nothing}
    </div>`;
  }
}
