// `[data-new]`: asks what a new option set or pipeline is called, makes it and opens it.
import { html, nothing, type TemplateResult } from "lit";
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import { choose } from "../core/choose";
import { Drafts, type Listed } from "../core/drafts";
import type { Definition } from "../core/json";
import { pick, slug } from "../core/labels";
import { NAME } from "../entity/fields";
import { founded } from "../pipeline/founding";

interface Filled {
  name: string;
  label: Definition;
  entity: string;
}

function read(form: HTMLFormElement): Filled {
  const text = (name: string) => String(new FormData(form).get(name) ?? "").trim();
  const [en, zh] = [text("en"), text("zh")];
  const name = text("name") || slug(en);
  const label: Definition = { ...(en ? { en } : {}), ...(zh ? { zh } : {}) };
  return { name, label: Object.keys(label).length ? label : { en: name }, entity: text("entity") };
}

async function ask(title: string, entities: Listed[] | null): Promise<Filled | null> {
  let filled: Filled = { name: "", label: {}, entity: entities?.[0]?.key ?? "" };
  const note = (event: Event) => {
    const form = (event.target as HTMLElement).closest("form") as HTMLFormElement;
    filled = read(form);
    const name = form.querySelector<HTMLInputElement>("#new-name");
    if (name) name.placeholder = filled.name;
  };
  const answers = [{ value: "yes", text: say("build_make"), look: "primary" as const }, { value: "", text: say("cancel") }];
  const answer = await choose(title, html`<div class="stack-4" @input=${note}>${fields(entities)}</div>`, answers);
  return answer === "yes" ? filled : null;
}

function fields(entities: Listed[] | null): TemplateResult {
  return html`<div class="both"><div class="field"><label for="new-en">${say("build_english", { text: say("build_label") })}</label><input class="form-control" id="new-en" name="en" maxlength="100" autocomplete="off" autofocus lang="en"></div>
    <div class="field"><label for="new-zh">${say("build_chinese", { text: say("build_label") })}</label><input class="form-control" id="new-zh" name="zh" maxlength="100" autocomplete="off" lang="zh-Hans"></div></div>
    <div class="field"><label for="new-name">${say("build_name")}</label><input class="form-control mono" id="new-name" name="name" maxlength="40" autocomplete="off" spellcheck="false" aria-describedby="new-name-hint"><span class="hint" id="new-name-hint">${say("build_new_name_hint")}</span></div>
    ${entities ? html`<div class="field"><label for="new-entity">${say("build_entity")}</label><select class="form-select" id="new-entity" name="entity" aria-describedby="new-entity-hint">${entities.map((each) => html`<option value=${each.key}>${pick(each.label)}</option>`)}</select><span class="hint" id="new-entity-hint">${say("build_pipeline_makes")}</span></div>` : nothing}`;
}

async function make(button: HTMLElement): Promise<void> {
  const kind = button.dataset.new ?? "";
  const drafts = new Drafts(document.body.dataset.changeSet ?? "main");
  const isPipeline = kind === "pipeline";
  const [known, entities] = await Promise.all([drafts.list(kind), isPipeline ? drafts.list("entity") : null]);
  const filled = await ask(button.dataset.title ?? "", entities);
  if (!filled) return;
  const taken = known.some((each) => each.key === `${kind}/${filled.name}`);
  if (taken || !NAME.test(filled.name)) return toast(say(taken ? "build_name_taken" : "build_name_form", { name: filled.name }), "bad");
  const entity = isPipeline ? await drafts.get(filled.entity) : null;
  const made = entity ? founded(filled.name, filled.label, filled.entity, entity.document) : { [`${kind}/${filled.name}`]: { label: filled.label, choices: { first: { label: { en: "First choice", zh: "第一项" }, order: 10 } } } };
  const kept = await drafts.keep(made, Object.fromEntries(Object.keys(made).map((key) => [key, key === filled.entity ? (entity?.tag ?? null) : null])));
  if ("tags" in kept) location.assign(`${button.dataset.url ?? ""}/${filled.name}`);
  else if (kept.status) toast(kept.refusal.detail ?? say("failed", { status: kept.status }), "bad");
}

document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLElement>("button[data-new]");
  if (button) void make(button);
});
