// `[data-make="view" data-make-url]`: asks what a new definition is called, makes it in the change set, and opens it.
import { html, nothing, type TemplateResult } from "lit";
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import { making, type Refused } from "../core/asking";
import { Drafts, likely, type Listed } from "../core/drafts";
import { isObject, type Definition } from "../core/json";
import { pick } from "../core/labels";
import { Reading, type TypeAbout } from "../panel/schema";
import type { Chart } from "../report/pivot";
import { called, naming, refusedBy, textOf } from "./naming";
import { app, dashboard, report, role, view, type Filled } from "./starters";

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
const UNNAMED: Record<string, Definition> = { dashboard: { en: "New dashboard", zh: "新仪表盘" } };

function body(drafts: Drafts, { entities, types, text }: Choices): TemplateResult {
  return html`<div class="stack-4">${naming(drafts, "other")}
    ${types.length ? html`<div class="both"><div class="field"><label for="new-entity">${say("build_entity")}</label><select class="form-select" id="new-entity" name="entity">${entities.map((each) => html`<option value=${each.key.slice(7)} ?selected=${each === likely(entities)}>${pick(each.label)}</option>`)}</select></div>
      <div class="field"><label for="new-type">${text}</label><select class="form-select" id="new-type" name="type">${types.map((each) => html`<option value=${each.key}>${pick(each.label)}</option>`)}</select></div></div>` : nothing}</div>`;
}

async function typesOf(drafts: Drafts, kind: string): Promise<TypeAbout[]> {
  const schema = await drafts.schema(kind);
  const reading = new Reading(schema);
  const { part } = SHOWN_BY[kind] ?? { part: "" };
  const found = reading.types(reading.resolved(isObject(schema.properties) ? schema.properties[part] : {}));
  // What shows all records comes first: lanes need a field that they are by.
  return found.sort((one, other) => Number(one.canvas === "lanes") - Number(other.canvas === "lanes"));
}

async function starter(drafts: Drafts, kind: string, filled: Filled, types: TypeAbout[]): Promise<Definition> {
  if (kind === "report") return report(filled, (types as Chart[]).find((each) => each.key === filled.type)?.dimensions[0] ?? 0);
  if (kind === "view") return view(filled, (await drafts.get(`entity/${filled.entity}`))?.document ?? null);
  if (kind === "dashboard") return dashboard(filled);
  return kind === "app" ? app(filled) : role(filled);
}

async function make(form: HTMLFormElement, drafts: Drafts, kind: string, types: TypeAbout[], url: string): Promise<Refused> {
  const [entity, type] = [textOf(form, "entity"), textOf(form, "type")];
  const taken = (await drafts.list(kind)).map((each) => each.key.slice(kind.length + 1));
  const given = await called(form, { drafts, of: "other", taken, under: kind === "view" ? `${entity}.` : "", unnamed: UNNAMED[kind] });
  if (!given || "text" in given) return given;
  const key = `${kind}/${given.name}`;
  const refused = refusedBy(await drafts.keep({ [key]: await starter(drafts, kind, { ...given, entity, type }, types) }, { [key]: null }));
  if (!refused) location.assign(`${url}/${given.name}`);
  return refused;
}

async function ask(button: HTMLElement): Promise<void> {
  const drafts = new Drafts(document.body.dataset.changeSet ?? "main");
  const kind = button.dataset.make ?? "";
  const shown = SHOWN_BY[kind];
  const [entities, types] = await Promise.all([shown ? drafts.list("entity") : [], shown ? typesOf(drafts, kind) : []]);
  if (shown && !entities.length) return toast(say("build_entity_first"), "bad");
  making(say(TITLES[kind] ?? kind), body(drafts, { entities, types, text: shown ? say(shown.text) : "" }), (form) => make(form, drafts, kind, types, button.dataset.makeUrl ?? ""));
}

document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLElement>("[data-make]");
  if (button) void ask(button);
});
