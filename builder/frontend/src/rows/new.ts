// `[data-new]`: asks what a new option set or pipeline is called, makes it and opens it.
import { html, nothing, type TemplateResult } from "lit";
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import { making, type Refused } from "../core/asking";
import { Drafts, likely, type Listed } from "../core/drafts";
import type { Definition, Definitions } from "../core/json";
import { pick } from "../core/labels";
import { called, naming, refusedBy, textOf, type Called } from "../making/naming";
import { founded } from "../pipeline/founding";

const CHOICES = { first: { label: { en: "First choice", zh: "第一项" }, order: 10 } };

function body(drafts: Drafts, entities: Listed[] | null): TemplateResult {
  return html`<div class="stack-4">${naming(drafts, "other")}
    ${entities ? html`<div class="field"><label for="new-entity">${say("build_entity")}</label><select class="form-select" id="new-entity" name="entity" aria-describedby="new-entity-hint">${entities.map((each) => html`<option value=${each.key} ?selected=${each === likely(entities)}>${pick(each.label)}</option>`)}</select><span class="hint" id="new-entity-hint">${say("build_pipeline_makes")}</span></div>` : nothing}</div>`;
}

/** A form, where there is one. */
async function known(drafts: Drafts, key: string): Promise<{ document: Definition; tag: string } | null | undefined> {
  return (await drafts.list("form")).some((each) => each.key === key) ? drafts.get(key) : null;
}

async function keep(drafts: Drafts, kind: string, { name, label }: Called, key: string): Promise<Refused> {
  const formKey = key.replace(/^entity\/(.*)$/, "form/$1.main");
  const [entity, form] = key ? await Promise.all([drafts.get(key), known(drafts, formKey)]) : [null, null];
  const made: Definitions = entity ? founded(name, label, key, entity.document, form ? { key: formKey, definition: form.document } : undefined) : { [`${kind}/${name}`]: { label, choices: CHOICES } };
  const seen: Record<string, string | null> = { [key]: entity?.tag ?? null, [formKey]: form?.tag ?? null };
  return refusedBy(await drafts.keep(made, Object.fromEntries(Object.keys(made).map((each) => [each, seen[each] ?? null]))));
}

async function ask(button: HTMLElement): Promise<void> {
  const kind = button.dataset.new ?? "";
  const drafts = new Drafts(document.body.dataset.changeSet ?? "main");
  const [known, entities] = await Promise.all([drafts.list(kind), kind === "pipeline" ? drafts.list("entity") : null]);
  if (entities?.length === 0) return toast(say("build_entity_first"), "bad");
  const there = known.map((each) => each.key.slice(kind.length + 1));
  making(button.dataset.title ?? "", body(drafts, entities), async (form) => {
    const given = await called(form, { drafts, of: "other", taken: there });
    if (!given || "text" in given) return given;
    const refused = await keep(drafts, kind, given, textOf(form, "entity"));
    if (!refused) location.assign(`${button.dataset.url ?? ""}/${given.name}`);
    return refused;
  });
}

document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLElement>("button[data-new]");
  if (button) void ask(button);
});
