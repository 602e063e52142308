// Taking something out: what it means is said before, and what else is to be done about whatever names it: nothing, another
// one in its place, or taking out what reads it as well.
import { html, type TemplateResult } from "lit";
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import { choose } from "../core/choose";
import type { Retirement } from "../core/drafts";
import { isObject } from "../core/json";
import { pick } from "../core/labels";
import { isKept } from "../core/naming";
import type { Workbench } from "../core/workbench";
import type { More, SartorWays } from "./ways";
import "./ways";

export interface Retired {
  key: string;
  field?: string;
  label: string;
  /** Whether it has never been published: then there are no values. */
  isNew: boolean;
  /** Whether its page goes with it, and with the page the steps that would take it back. */
  leaves?: true;
  /** The form onto which a new field came by itself: it leaves it by itself, too. */
  form?: string;
}

const ENTITY = "entity/";

/** Asks, and does it as one step that can be taken back; whether it was done. */
export async function retire(bench: Workbench, what: Retired): Promise<boolean> {
  if (!(await isKept(bench))) return false;
  const about = { key: what.key, ...(what.field ? { field: what.field } : {}) };
  const [plain, others] = await Promise.all([proposed(bench, about), othersOf(bench, what)]);
  if (!plain) return false;
  if (asksNothing(what, plain)) return carriedOut(bench, what, plain, false);
  const ways = html`<sartor-ways .plain=${plain} .others=${plain.changes.length || plain.left.length ? others : []} .propose=${(more: More) => proposed(bench, { ...about, ...more })}></sartor-ways>`;
  const done = await asked(what, ways);
  return done !== null && carriedOut(bench, what, done, done !== plain);
}

/** Whether it goes unasked: nobody has values in it, nothing but the form onto which it came by itself names it, and the
    step that takes it back stays at hand. */
function asksNothing(what: Retired, plain: Retirement): boolean {
  return what.isNew && !what.leaves && !plain.left.length && plain.changes.every((each) => each.key === what.form);
}

async function asked(what: Retired, ways: TemplateResult): Promise<Retirement | null> {
  const answer = choose(say("build_retire_title", { label: what.label }), html`<p>${say(meaning(what))}</p>${ways}`, [
    { value: "yes", text: say("build_retire"), look: "primary" },
    { value: "", text: say("cancel") },
  ]);
  const element = document.querySelector<SartorWays>("dialog[open] sartor-ways");
  return (await answer) === "yes" && element ? element.chosen : null;
}

function carriedOut(bench: Workbench, what: Retired, done: Retirement, tellsLeft: boolean): true {
  bench.change(say("build_retired", { label: what.label }), done.after, { before: done.before });
  if (tellsLeft && done.left.length) toast(say("build_retire_left", { n: done.left.length }), "bad");
  return true;
}

async function proposed(bench: Workbench, about: { key: string; field?: string } & More): Promise<Retirement | null> {
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

function meaning(what: Retired): string {
  if (what.isNew) return what.leaves ? "build_retire_new_whole" : "build_retire_new";
  if (what.field) return "build_retire_means";
  return what.key.startsWith(ENTITY) ? "build_retire_entity_means" : "build_retire_whole_means";
}
