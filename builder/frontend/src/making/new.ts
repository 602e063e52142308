// `[data-make="view" data-make-url]`: asks what a new definition is called, makes it in the change set, and opens it.
import { html, nothing, type TemplateResult } from "lit";
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import { choose } from "../core/choose";
import { Drafts, type Listed } from "../core/drafts";
import { isObject, type Definition } from "../core/json";
import { pick, slug } from "../core/labels";
import { Reading, type TypeAbout } from "../panel/schema";
import { app, named, role, view, type Filled } from "./starters";

const NAME = /^[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39})*$/;
const TITLES: Record<string, string> = { view: "build_new_view", app: "build_new_app_title", role: "build_new_role" };

function read(form: HTMLFormElement): Filled {
  const text = (name: string) => String(new FormData(form).get(name) ?? "").trim();
  const label: Definition = { ...(text("en") ? { en: text("en") } : {}), ...(text("zh") ? { zh: text("zh") } : {}) };
  return { label, name: text("name") || slug(text("en")), entity: text("entity"), type: text("type") };
}

function body(note: (event: Event) => void, entities: Listed[], types: TypeAbout[]): TemplateResult {
  return html`<div class="stack-4" @input=${note} @change=${note}>
    <div class="both"><div class="field"><label for="new-en">${say("build_english", { text: say("build_label") })}</label><input class="form-control" id="new-en" name="en" maxlength="100" autocomplete="off" autofocus lang="en"></div>
    <div class="field"><label for="new-zh">${say("build_chinese", { text: say("build_label") })}</label><input class="form-control" id="new-zh" name="zh" maxlength="100" autocomplete="off" lang="zh-Hans"></div></div>
    ${types.length ? html`<div class="both"><div class="field"><label for="new-entity">${say("build_entity")}</label><select class="form-select" id="new-entity" name="entity">${entities.map((each) => html`<option value=${each.key.slice(7)}>${pick(each.label)}</option>`)}</select></div>
      <div class="field"><label for="new-type">${say("build_type")}</label><select class="form-select" id="new-type" name="type">${types.map((each) => html`<option value=${each.key}>${pick(each.label)}</option>`)}</select></div></div>` : nothing}
    <div class="field"><label for="new-name">${say("build_name")}</label><input class="form-control mono" id="new-name" name="name" maxlength="80" autocomplete="off" spellcheck="false" aria-describedby="new-name-hint"><span class="hint" id="new-name-hint">${say("build_new_name_hint")}</span></div></div>`;
}

async function asked(kind: string, entities: Listed[], types: TypeAbout[]): Promise<Filled | null> {
  let filled: Filled = { label: {}, name: "", entity: entities[0]?.key.slice(7) ?? "", type: types[0]?.key ?? "" };
  const note = (event: Event) => (filled = read((event.target as HTMLElement).closest("form") as HTMLFormElement));
  const answer = await choose(say(TITLES[kind] ?? kind), body(note, entities, types), [
    { value: "yes", text: say("build_make"), look: "primary" },
    { value: "", text: say("cancel") },
  ]);
  return answer === "yes" ? filled : null;
}

async function typesOf(drafts: Drafts): Promise<TypeAbout[]> {
  const schema = await drafts.schema("view");
  const reading = new Reading(schema);
  return reading.types(reading.resolved(isObject(schema.properties) ? schema.properties.type : {}));
}

async function starter(drafts: Drafts, kind: string, filled: Filled): Promise<Definition> {
  if (kind === "view") return view(filled, (await drafts.get(`entity/${filled.entity}`))?.document ?? null);
  return kind === "app" ? app(filled) : role(filled);
}

async function make(button: HTMLElement): Promise<void> {
  const drafts = new Drafts(document.body.dataset.changeSet ?? "main");
  const kind = button.dataset.make ?? "";
  const isView = kind === "view";
  const [there, entities, types] = await Promise.all([drafts.list(kind), isView ? drafts.list("entity") : [], isView ? typesOf(drafts) : []]);
  const filled = await asked(kind, entities, types);
  if (!filled) return;
  if (!Object.keys(filled.label).length) filled.label = { en: filled.name };
  const name = named(kind, filled);
  const taken = there.some((each) => each.key === `${kind}/${name}`);
  if (taken || !NAME.test(name)) return toast(say(taken ? "build_name_taken" : "build_name_form", { name }), "bad");
  const kept = await drafts.keep({ [`${kind}/${name}`]: await starter(drafts, kind, filled) }, { [`${kind}/${name}`]: null });
  if ("tags" in kept) location.assign(`${button.dataset.makeUrl ?? ""}/${name}`);
  else if (kept.status) toast(kept.refusal.detail ?? say("failed", { status: kept.status }), "bad");
}

document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLElement>("[data-make]");
  if (button) void make(button);
});
