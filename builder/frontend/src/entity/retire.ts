// Taking something out: what it means is said before, and what else is to be done about whatever names it: nothing, another
// one in its place, or taking out what reads it as well.
import { html, nothing, type TemplateResult } from "lit";
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import { choose } from "../core/choose";
import type { Retirement, Spot } from "../core/drafts";
import { isObject } from "../core/json";
import { pick } from "../core/labels";
import { isKept } from "../core/naming";
import type { Workbench } from "../core/workbench";

export interface Retired {
  key: string;
  field?: string;
  label: string;
  /** Whether it has never been published: then there are no values. */
  isNew: boolean;
  /** The form onto which a new field came by itself: it leaves it by itself, too. */
  form?: string;
}

type Way = "plain" | "instead" | "mend";
const ENTITY = "entity/";

/** Asks, and does it as one step that can be taken back; whether it was done. */
export async function retire(bench: Workbench, what: Retired): Promise<boolean> {
  if (!(await isKept(bench))) return false;
  const about = { key: what.key, ...(what.field ? { field: what.field } : {}) };
  const [plain, others] = await Promise.all([proposed(bench, about), othersOf(bench, what)]);
  if (!plain) return false;
  const rewritten = Object.keys(plain.after).filter((key) => key !== what.key);
  const chosen: { way: Way; instead: string } = { way: "plain", instead: others[0]?.[0] ?? "" };
  if (!what.isNew || rewritten.some((key) => key !== what.form) || plain.left.length) {
    const body = html`${meaning(what, rewritten.map((key) => pick(plain.before[key]?.label) || key))}${ways(chosen, plain.left, rewritten.length ? others : [])}`;
    const answer = await choose(say("build_retire_title", { label: what.label }), body, [
      { value: "yes", text: say("build_retire"), look: "primary" },
      { value: "", text: say("cancel") },
    ]);
    if (answer !== "yes") return false;
  }
  const more = chosen.way === "instead" ? { instead: chosen.instead } : chosen.way === "mend" ? { mend: true } : null;
  const done = more ? await proposed(bench, { ...about, ...more }) : plain;
  if (!done) return false;
  bench.change(say("build_retired", { label: what.label }), done.after, { before: done.before });
  if (more && done.left.length) toast(say("build_retire_left", { n: done.left.length }), "bad");
  return true;
}

async function proposed(bench: Workbench, about: { key: string; field?: string; instead?: string; mend?: boolean }): Promise<Retirement | null> {
  const answer = await bench.drafts.retirement(about);
  if ("after" in answer) return answer;
  toast(answer.detail ?? say("build_keep_first"), "bad");
  return null;
}

/** What could take its place, by name and label: fields of its type first, definitions of its kind; no entity. */
async function othersOf(bench: Workbench, what: Retired): Promise<[string, string][]> {
  if (what.field) {
    const fields = bench.documents[what.key]?.fields;
    if (!isObject(fields)) return [];
    const own = fields[what.field];
    const type = isObject(own) ? own.type : "";
    const all = Object.entries(fields).filter(([name]) => name !== what.field);
    const same = (part: unknown) => (isObject(part) && part.type === type ? 0 : 1);
    return all.sort(([, one], [, other]) => same(one) - same(other)).map(([name, part]) => [name, (isObject(part) && pick(part.label)) || name]);
  }
  if (what.key.startsWith(ENTITY)) return [];
  const kind = what.key.split("/")[0] ?? "";
  const found = await bench.drafts.list(kind);
  return found.filter((each) => each.key !== what.key).map((each) => [each.key.slice(kind.length + 1), pick(each.label) || each.key]);
}

function meaning(what: Retired, rewritten: string[]): TemplateResult {
  const text = what.isNew ? "build_retire_new" : what.field ? "build_retire_means" : what.key.startsWith(ENTITY) ? "build_retire_entity_means" : "build_retire_whole_means";
  return html`<p>${say(text)}</p>
    ${rewritten.length ? html`<div><p class="medium">${say("build_retire_also")}</p>${list(rewritten)}</div>` : nothing}`;
}

function ways(chosen: { way: Way; instead: string }, left: Spot[], others: [string, string][]): TemplateResult | typeof nothing {
  if (!left.length && !others.length) return nothing;
  const way = (value: Way, text: string, more: TemplateResult | typeof nothing) => html`<label class="row-flex top"><input type="radio" class="form-check-input" name="way" value=${value} .checked=${chosen.way === value} @change=${() => (chosen.way = value)}><span>${text}</span></label>${more}`;
  return html`<fieldset class="choices"><legend class="medium">${say("build_retire_users")}</legend>
    ${way("plain", say("build_retire_plain"), nothing)}
    ${left.length ? way("mend", say("build_retire_mend"), nothing) : nothing}
    ${others.length ? way("instead", say("build_retire_instead"), html`<select class="form-select" aria-label=${say("build_retire_instead")} @change=${(event: Event) => (chosen.instead = (event.target as HTMLSelectElement).value)}>${others.map(([name, label]) => html`<option value=${name}>${label}</option>`)}</select>`) : nothing}
    ${left.length ? html`<div class="note note-warn"><div class="grow"><b>${say("build_retire_reads")}</b>${list(left.map((each) => each.said))}</div></div>` : nothing}
  </fieldset>`;
}

function list(texts: string[]): TemplateResult {
  return html`<ul class="problems">${texts.map((text) => html`<li>${text}</li>`)}</ul>`;
}
