// `[data-new-entity]`: asks what a new entity is called, makes it with a form, a list and an entry, and opens it.
import { html, nothing, type TemplateResult } from "lit";
import { say } from "@ui/words";
import { making, type Refused } from "../core/asking";
import { Drafts, type Listed } from "../core/drafts";
import { pick } from "../core/labels";
import { called, naming, refusedBy, textOf } from "../making/naming";
import { founded } from "./founding";

function body(drafts: Drafts, apps: Listed[]): TemplateResult {
  return html`<div class="stack-4">${naming(drafts, "entity")}
    ${apps.length ? html`<div class="field"><label for="new-app">${say("build_new_app")}</label><select class="form-select" id="new-app" name="app">${apps.map((each) => html`<option value=${each.key}>${pick(each.label)}</option>`)}<option value="">${say("build_no_app")}</option></select></div>` : nothing}
    <p class="hint t-12 faint">${say("build_new_makes")}</p></div>`;
}

async function make(form: HTMLFormElement, drafts: Drafts, there: string[], url: string): Promise<Refused> {
  const given = await called(form, { drafts, of: "entity", taken: there });
  if (!given || "text" in given) return given;
  const key = textOf(form, "app");
  const app = key ? await drafts.get(key) : null;
  const made = founded({ ...given, icon: "table", ...(app ? { app: { key, definition: app.document } } : {}) });
  const tags = Object.fromEntries(Object.keys(made).map((each) => [each, each === key ? (app?.tag ?? null) : null]));
  const kept = await drafts.keep(made, tags);
  if ("tags" in kept) location.assign(`${url}/${given.name}`);
  return refusedBy(kept);
}

async function ask(button: HTMLElement): Promise<void> {
  const drafts = new Drafts(document.body.dataset.changeSet ?? "main");
  const [apps, entities] = await Promise.all([drafts.list("app"), drafts.list("entity")]);
  const there = entities.map((each) => each.key.slice("entity/".length));
  making(say("build_new_entity"), body(drafts, apps), (form) => make(form, drafts, there, button.dataset.newEntity ?? ""));
}

document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLElement>("[data-new-entity]");
  if (button) void ask(button);
});
