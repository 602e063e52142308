// `[data-new-template]`: asks what a new template is for, makes it in the change set, and opens it.
import { html, type TemplateResult } from "lit";
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import { choose } from "../core/choose";
import { Drafts, type Listed } from "../core/drafts";
import type { Definition } from "../core/json";
import { free, pick, slug } from "../core/labels";

interface Wish {
  en: string;
  zh: string;
  entity: string;
  purpose: string;
}

/** What a new template begins with: something to read, and the title of the record. */
export function started({ en, zh, entity, purpose }: Wish, title: string): Definition {
  const label: Definition = { ...(en ? { en } : {}), ...(zh ? { zh } : {}) };
  const values = { [title]: { order: 10 } };
  const greeting = { kind: "text", order: 10, content: { en: `About {{ ${title} }}:`, zh: `关于 {{ ${title} }}：` } };
  if (purpose === "mail") return { label, entity, purpose, subject: label, blocks: { text: greeting } };
  return { label, entity, purpose, blocks: { title: { kind: "heading", size: "large", order: 10, content: label }, facts: { kind: "fields", order: 20, fields: values } } };
}

function body(note: (event: Event) => void, entities: Listed[]): TemplateResult {
  return html`<div class="stack-4" @input=${note} @change=${note}>
    <div class="both"><div class="field"><label for="new-en">${say("build_english", { text: say("build_label") })}</label><input class="form-control" id="new-en" name="en" maxlength="100" autocomplete="off" autofocus lang="en"></div>
    <div class="field"><label for="new-zh">${say("build_chinese", { text: say("build_label") })}</label><input class="form-control" id="new-zh" name="zh" maxlength="100" autocomplete="off" lang="zh-Hans"></div></div>
    <div class="both"><div class="field"><label for="new-entity">${say("build_entity")}</label><select class="form-select" id="new-entity" name="entity">${entities.map((each) => html`<option value=${each.key.slice("entity/".length)}>${pick(each.label)}</option>`)}</select></div>
    <div class="field"><label for="new-purpose">${say("build_purpose")}</label><select class="form-select" id="new-purpose" name="purpose"><option value="print">${say("build_for_print")}</option><option value="mail">${say("build_for_mail")}</option></select></div></div></div>`;
}

async function asked(entities: Listed[]): Promise<Wish | null> {
  let wish: Wish = { en: "", zh: "", entity: entities[0]?.key.slice("entity/".length) ?? "", purpose: "print" };
  const note = (event: Event) => {
    const data = new FormData((event.target as HTMLElement).closest("form") as HTMLFormElement);
    const text = (name: string) => String(data.get(name) ?? "").trim();
    wish = { en: text("en"), zh: text("zh"), entity: text("entity"), purpose: text("purpose") };
  };
  const answer = await choose(say("build_new_template"), body(note, entities), [
    { value: "yes", text: say("build_make"), look: "primary" },
    { value: "", text: say("cancel") },
  ]);
  return answer === "yes" ? wish : null;
}

async function make(button: HTMLElement): Promise<void> {
  const drafts = new Drafts(document.body.dataset.changeSet ?? "main");
  const [there, entities] = await Promise.all([drafts.list("template"), drafts.list("entity")]);
  const wish = await asked(entities);
  const entity = wish ? await drafts.get(`entity/${wish.entity}`) : null;
  if (!wish || !entity) return;
  const taken = there.map((each) => each.key.slice("template/".length));
  const name = free(slug(wish.en) || `${wish.entity}_${wish.purpose}`, taken);
  if (!wish.en && !wish.zh) wish.en = name;
  const kept = await drafts.keep({ [`template/${name}`]: started(wish, String(entity.document.title ?? "id")) }, { [`template/${name}`]: null });
  if ("tags" in kept) location.assign(`${button.dataset.newTemplate ?? ""}/${name}`);
  else if (kept.status) toast(kept.refusal.detail ?? say("failed", { status: kept.status }), "bad");
}

document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLElement>("[data-new-template]");
  if (button) void make(button);
});
