// `[data-new-template]`: asks what a new template is for, makes it in the change set, and opens it.
import { html, type TemplateResult } from "lit";
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import { making, type Refused } from "../core/asking";
import { Drafts, type Listed } from "../core/drafts";
import type { Definition } from "../core/json";
import { pick } from "../core/labels";
import { called, naming, refusedBy, textOf } from "../making/naming";

interface Wish {
  label: Definition;
  entity: string;
  purpose: string;
}

/** What a new template begins with: something to read, and the title of the record. */
export function started({ label, entity, purpose }: Wish, title: string): Definition {
  const values = { [title]: { order: 10 } };
  const greeting = { kind: "text", order: 10, content: { en: `About {{ ${title} }}:`, zh: `关于 {{ ${title} }}：` } };
  if (purpose === "mail") return { label, entity, purpose, subject: label, blocks: { text: greeting } };
  return { label, entity, purpose, blocks: { title: { kind: "heading", size: "large", order: 10, content: label }, facts: { kind: "fields", order: 20, fields: values } } };
}

function body(drafts: Drafts, entities: Listed[]): TemplateResult {
  return html`<div class="stack-4">${naming(drafts, null)}
    <div class="both"><div class="field"><label for="new-entity">${say("build_entity")}</label><select class="form-select" id="new-entity" name="entity">${entities.map((each) => html`<option value=${each.key.slice("entity/".length)}>${pick(each.label)}</option>`)}</select></div>
    <div class="field"><label for="new-purpose">${say("build_purpose")}</label><select class="form-select" id="new-purpose" name="purpose"><option value="print">${say("build_for_print")}</option><option value="mail">${say("build_for_mail")}</option></select></div></div></div>`;
}

async function make(form: HTMLFormElement, drafts: Drafts, taken: string[], url: string): Promise<Refused> {
  const [entity, purpose] = [textOf(form, "entity"), textOf(form, "purpose")];
  const about = await drafts.get(`entity/${entity}`);
  const plain = `${entity}_${purpose}`;
  const given = await called(form, { drafts, of: "other", taken, unnamed: { en: plain } });
  if (!given || "text" in given) return given;
  const wish = { label: given.label, entity, purpose };
  const kept = await drafts.keep({ [`template/${given.name}`]: started(wish, String(about?.document.title ?? "id")) }, { [`template/${given.name}`]: null });
  if ("tags" in kept) location.assign(`${url}/${given.name}`);
  return refusedBy(kept);
}

async function ask(button: HTMLElement): Promise<void> {
  const drafts = new Drafts(document.body.dataset.changeSet ?? "main");
  const [there, entities] = await Promise.all([drafts.list("template"), drafts.list("entity")]);
  if (!entities.length) return toast(say("build_entity_first"), "bad");
  const taken = there.map((each) => each.key.slice("template/".length));
  making(say("build_new_template"), body(drafts, entities), (form) => make(form, drafts, taken, button.dataset.newTemplate ?? ""));
}

document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLElement>("[data-new-template]");
  if (button) void ask(button);
});
