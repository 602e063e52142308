// The page filled in from a record that one chooses, drawn by the server as people will get it; asked anew after each edit.
import { html, nothing, type TemplateResult } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { say } from "@ui/words";
import { Finding } from "../core/finding";
import type { Definition } from "../core/json";
import type { Language } from "../core/labels";
import { Looker } from "../view/live";

interface Filled {
  html: string;
  subject: string;
  to: string;
  notes: string[];
}

export class Preview extends EventTarget {
  private isAsked = false;
  private looker = new Looker<Filled>(() => this.live);
  private finding: Finding;

  constructor(private live: string, records: string, entity: string) {
    super();
    this.finding = new Finding(records, entity, true);
    for (const each of [this.looker, this.finding]) each.addEventListener("told", () => this.tell());
  }

  private tell(): void {
    this.dispatchEvent(new Event("told"));
  }

  follow(template: Definition, language: Language): void {
    if (!this.isAsked) void this.finding.find();
    this.isAsked = true;
    const { record } = this.finding;
    if (record) this.looker.follow({ template, language, record });
  }

  draw(isMail: boolean, isPhone: boolean): TemplateResult {
    const filled = this.looker.live;
    return html`<div class="template-preview ${isPhone ? "is-phone" : ""}">
      <div class="row-flex wrap preview-bar"><label for="preview-record">${say("build_fill_from")}</label><select class="form-select" id="preview-record" @change=${this.finding.choose}>${this.finding.options()}</select>
        ${this.finding.box()}</div>
      ${this.isAsked && !this.finding.found.length ? html`<p class="faint">${say("build_no_open_record")}</p>` : nothing}
      ${filled?.notes.map((each) => html`<p class="note note-warn"><span class="grow">${each}</span></p>`)}
      ${filled?.html ? html`<dl class="preview-head">${isMail ? html`<div><dt>${say("build_to")}</dt><dd>${filled.to || "—"}</dd></div>` : nothing}<div><dt>${say("build_subject")}</dt><dd>${filled.subject}</dd></div></dl>
        <div class=${isMail ? "mail-text" : ""} role="region" aria-label=${say("build_open_preview")}>${unsafeHTML(filled.html)}</div>` : nothing}
    </div>`;
  }
}
