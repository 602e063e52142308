// Taking a field or an entity out: what it means is said before, with everything that shows or reads it.
import { html, nothing, type TemplateResult } from "lit";
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import { choose } from "../core/choose";
import type { Listed } from "../core/drafts";
import type { Definitions } from "../core/json";
import { pick } from "../core/labels";
import type { Workbench } from "../core/workbench";

export interface Retired {
  key: string;
  field?: string;
  label: string;
  /** Whether it has never been published: then there are no values. */
  isNew: boolean;
}

/** Asks, and does it as one step that can be taken back; whether it was done. */
export async function retire(bench: Workbench, what: Retired): Promise<boolean> {
  await bench.keep();
  const about = what.field ? { key: what.key, field: what.field } : { key: what.key };
  const [proposed, users] = await Promise.all([bench.drafts.propose("retire", about), bench.drafts.uses(what.key, what.field)]);
  if (!("after" in proposed)) {
    toast(proposed.detail ?? say("build_keep_first"), "bad");
    return false;
  }
  const rewritten = Object.keys(proposed.after).filter((key) => key !== what.key);
  const readers = users.filter((each) => each.key !== what.key && !rewritten.includes(each.key));
  if (!what.isNew || rewritten.length || readers.length) {
    const title = say("build_retire_title", { label: what.label });
    const answer = await choose(title, meaning(what, rewritten, users, readers), [
      { value: "yes", text: say("build_retire"), look: "primary" },
      { value: "", text: say("cancel") },
    ]);
    if (answer !== "yes") return false;
  }
  bench.change(say("build_retired", { label: what.label }), proposed.after, { before: proposed.before });
  return true;
}

function meaning(what: Retired, rewritten: string[], users: Listed[], readers: Listed[]): TemplateResult {
  const named = (key: string) => pick(users.find((each) => each.key === key)?.label) || key;
  return html`<p>${say(what.isNew ? "build_retire_new" : what.field ? "build_retire_means" : "build_retire_entity_means")}</p>
    ${rewritten.length ? html`<div><p class="medium">${say("build_retire_also")}</p>${list(rewritten, named)}</div>` : nothing}
    ${readers.length ? html`<div class="note note-warn"><div class="grow"><b>${say("build_retire_reads")}</b>${list(readers.map((each) => each.key), named)}</div></div>` : nothing}`;
}

function list(keys: string[], named: (key: string) => string): TemplateResult {
  return html`<ul class="problems">${keys.map((key) => html`<li>${named(key)} <span class="faint mono">${key}</span></li>`)}</ul>`;
}

/** A rename, as one step that can be taken back; whether it was done. */
export async function rename(bench: Workbench, about: { key: string; field: string; to: string }): Promise<boolean> {
  await bench.keep();
  const proposed = await bench.drafts.propose("rename", about);
  if (!("after" in proposed)) {
    toast(proposed.detail ?? say("build_keep_first"), "bad");
    return false;
  }
  const others = Object.keys(proposed.after).length - 1;
  const after: Definitions = proposed.after;
  bench.change(say("build_renamed", { old: about.field, name: about.to }), after, { before: proposed.before });
  toast(say("build_renamed_in", { old: about.field, name: about.to, n: others }), "good");
  return true;
}
