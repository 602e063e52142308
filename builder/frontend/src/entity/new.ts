// `[data-new-entity]`: asks what a new entity is called, makes it with a form, a list and an entry, and opens it.
import { html, nothing } from "lit";
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import { choose } from "../core/choose";
import { Drafts, type Listed } from "../core/drafts";
import { pick, slug } from "../core/labels";
import { NAME } from "./fields";
import { founded, type Wanted } from "./founding";

interface Filled {
  en: string;
  zh: string;
  name: string;
  app: string;
}

function read(form: HTMLFormElement): Filled {
  const text = (name: string) => String(new FormData(form).get(name) ?? "").trim();
  const en = text("en");
  return { en, zh: text("zh"), name: text("name") || slug(en), app: text("app") };
}

async function ask(apps: Listed[]): Promise<Filled | null> {
  let filled: Filled = { en: "", zh: "", name: "", app: apps[0]?.key ?? "" };
  const note = (event: Event) => {
    const form = (event.target as HTMLElement).closest("form") as HTMLFormElement;
    filled = read(form);
    const name = form.querySelector<HTMLInputElement>("#new-name");
    if (name) name.placeholder = slug(filled.en);
  };
  const body = html`<div class="stack-4" @input=${note}>
    <div class="both"><div class="field"><label for="new-en">${say("build_english", { text: say("build_label") })}</label><input class="form-control" id="new-en" name="en" maxlength="100" autocomplete="off" autofocus lang="en"></div>
    <div class="field"><label for="new-zh">${say("build_chinese", { text: say("build_label") })}</label><input class="form-control" id="new-zh" name="zh" maxlength="100" autocomplete="off" lang="zh-Hans"></div></div>
    <div class="field"><label for="new-name">${say("build_name")}</label><input class="form-control mono" id="new-name" name="name" maxlength="40" autocomplete="off" spellcheck="false" aria-describedby="new-name-hint"><span class="hint" id="new-name-hint">${say("build_new_name_hint")}</span></div>
    ${apps.length ? html`<div class="field"><label for="new-app">${say("build_new_app")}</label><select class="form-select" id="new-app" name="app">${apps.map((each) => html`<option value=${each.key}>${pick(each.label)}</option>`)}<option value="">${say("build_no_app")}</option></select></div>` : nothing}
    <p class="hint t-12 faint">${say("build_new_makes")}</p></div>`;
  const answer = await choose(say("build_new_entity"), body, [{ value: "yes", text: say("build_make"), look: "primary" }, { value: "", text: say("cancel") }]);
  return answer === "yes" ? filled : null;
}

async function make(button: HTMLElement): Promise<void> {
  const drafts = new Drafts(document.body.dataset.changeSet ?? "main");
  const [apps, entities] = await Promise.all([drafts.list("app"), drafts.list("entity")]);
  const filled = await ask(apps);
  if (!filled) return;
  const taken = entities.some((each) => each.key === `entity/${filled.name}`);
  if (taken || !NAME.test(filled.name)) return toast(say(taken ? "build_name_taken" : "build_name_form", { name: filled.name }), "bad");
  const wanted: Wanted = { name: filled.name, label: { ...(filled.en ? { en: filled.en } : {}), ...(filled.zh ? { zh: filled.zh } : {}) }, icon: "table" };
  const app = filled.app ? await drafts.get(filled.app) : null;
  if (!Object.keys(wanted.label).length) wanted.label = { en: filled.name };
  const made = founded(app ? { ...wanted, app: { key: filled.app, definition: app.document } } : wanted);
  const tags = Object.fromEntries(Object.keys(made).map((key) => [key, key === filled.app ? (app?.tag ?? null) : null]));
  const kept = await drafts.keep(made, tags);
  if ("tags" in kept) location.assign(`${button.dataset.newEntity ?? ""}/${filled.name}`);
  else if (kept.status) toast(kept.refusal.detail ?? say("failed", { status: kept.status }), "bad");
}

document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLElement>("[data-new-entity]");
  if (button) void make(button);
});
