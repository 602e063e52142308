// `[data-make="view" data-make-url]`: asks what a new definition is called, makes it in the change set, and opens it.
import { html, nothing, type TemplateResult } from "lit";
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import { choose } from "../core/choose";
import { Drafts, type Listed } from "../core/drafts";
import { isObject, type Definition } from "../core/json";
import { free, pick, slug } from "../core/labels";
import { Reading, type TypeAbout } from "../panel/schema";
import type { Chart } from "../report/pivot";
import { app, dashboard, named, report, role, view, type Filled } from "./starters";

const NAME = /^[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39})*$/;
const TITLES: Record<string, string> = { view: "build_new_view", report: "build_new_report", app: "build_new_app_title", role: "build_new_role", dashboard: "build_new_dashboard" };
/** Kinds that are about an entity, with the part of their definition that says how it is shown. */
const SHOWN_BY: Record<string, { part: string; text: string }> = { view: { part: "type", text: "build_type" }, report: { part: "chart", text: "build_chart" } };

/** What may be chosen; text: what the types are called. */
interface Choices {
  entities: Listed[];
  types: TypeAbout[];
  text: string;
}
/** What is made when nothing was typed: two clicks are enough. */
const UNNAMED: Record<string, Filled["label"]> = { dashboard: { en: "New dashboard", zh: "新仪表盘" } };

function read(form: HTMLFormElement): Filled {
  const text = (name: string) => String(new FormData(form).get(name) ?? "").trim();
  const label: Definition = { ...(text("en") ? { en: text("en") } : {}), ...(text("zh") ? { zh: text("zh") } : {}) };
  return { label, name: text("name") || slug(text("en")), entity: text("entity"), type: text("type") };
}

function body(note: (event: Event) => void, { entities, types, text }: Choices): TemplateResult {
  return html`<div class="stack-4" @input=${note} @change=${note}>
    <div class="both"><div class="field"><label for="new-en">${say("build_english", { text: say("build_label") })}</label><input class="form-control" id="new-en" name="en" maxlength="100" autocomplete="off" autofocus lang="en"></div>
    <div class="field"><label for="new-zh">${say("build_chinese", { text: say("build_label") })}</label><input class="form-control" id="new-zh" name="zh" maxlength="100" autocomplete="off" lang="zh-Hans"></div></div>
    ${types.length ? html`<div class="both"><div class="field"><label for="new-entity">${say("build_entity")}</label><select class="form-select" id="new-entity" name="entity">${entities.map((each) => html`<option value=${each.key.slice(7)}>${pick(each.label)}</option>`)}</select></div>
      <div class="field"><label for="new-type">${text}</label><select class="form-select" id="new-type" name="type">${types.map((each) => html`<option value=${each.key}>${pick(each.label)}</option>`)}</select></div></div>` : nothing}
    <div class="field"><label for="new-name">${say("build_name")}</label><input class="form-control mono" id="new-name" name="name" maxlength="80" autocomplete="off" spellcheck="false" aria-describedby="new-name-hint"><span class="hint" id="new-name-hint">${say("build_new_name_hint")}</span></div></div>`;
}

async function asked(kind: string, choices: Choices): Promise<Filled | null> {
  const { entities, types } = choices;
  let filled: Filled = { label: {}, name: "", entity: entities[0]?.key.slice(7) ?? "", type: types[0]?.key ?? "" };
  const note = (event: Event) => (filled = read((event.target as HTMLElement).closest("form") as HTMLFormElement));
  const answer = await choose(say(TITLES[kind] ?? kind), body(note, choices), [
    { value: "yes", text: say("build_make"), look: "primary" },
    { value: "", text: say("cancel") },
  ]);
  return answer === "yes" ? filled : null;
}

async function typesOf(drafts: Drafts, kind: string): Promise<TypeAbout[]> {
  const schema = await drafts.schema(kind);
  const reading = new Reading(schema);
  const { part } = SHOWN_BY[kind] ?? { part: "" };
  return reading.types(reading.resolved(isObject(schema.properties) ? schema.properties[part] : {}));
}

async function starter(drafts: Drafts, kind: string, filled: Filled, types: TypeAbout[]): Promise<Definition> {
  if (kind === "report") return report(filled, (types as Chart[]).find((each) => each.key === filled.type)?.dimensions[0] ?? 0);
  if (kind === "view") return view(filled, (await drafts.get(`entity/${filled.entity}`))?.document ?? null);
  if (kind === "dashboard") return dashboard(filled);
  return kind === "app" ? app(filled) : role(filled);
}

async function make(button: HTMLElement): Promise<void> {
  const drafts = new Drafts(document.body.dataset.changeSet ?? "main");
  const kind = button.dataset.make ?? "";
  const shown = SHOWN_BY[kind];
  const [there, entities, types] = await Promise.all([drafts.list(kind), shown ? drafts.list("entity") : [], shown ? typesOf(drafts, kind) : []]);
  const filled = await asked(kind, { entities, types, text: shown ? say(shown.text) : "" });
  if (!filled) return;
  const names = there.map((each) => each.key.slice(kind.length + 1));
  if (!Object.keys(filled.label).length) filled.label = filled.name ? { en: filled.name } : (UNNAMED[kind] ?? {});
  if (!filled.name && UNNAMED[kind]) filled.name = free(slug(String(filled.label.en ?? "")) || kind, names);
  const name = named(kind, filled);
  const taken = there.some((each) => each.key === `${kind}/${name}`);
  if (taken || !NAME.test(name)) return toast(say(taken ? "build_name_taken" : "build_name_form", { name }), "bad");
  const kept = await drafts.keep({ [`${kind}/${name}`]: await starter(drafts, kind, filled, types) }, { [`${kind}/${name}`]: null });
  if ("tags" in kept) location.assign(`${button.dataset.makeUrl ?? ""}/${name}`);
  else if (kept.status) toast(kept.refusal.detail ?? say("failed", { status: kept.status }), "bad");
}

document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLElement>("[data-make]");
  if (button) void make(button);
});
