// What is done with a definition as a whole: another name, written wherever it is used, and retirement.
import { html, nothing } from "lit";
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import { choose } from "../core/choose";
import { pick } from "../core/labels";
import type { Workbench } from "../core/workbench";
import { NAME } from "../entity/fields";

/** Another name for a definition; whether it is kept under it. The page of the old name has nothing left to show, so this is
 * no step of its history: renaming it again takes it back. */
export async function renameDefinition(bench: Workbench, key: string, to: string): Promise<boolean> {
  if (!NAME.test(to)) {
    toast(say("build_name_form", { name: to }), "bad");
    return false;
  }
  await bench.keep();
  const proposed = await bench.drafts.propose("rename", { key, to });
  if (!("after" in proposed)) {
    toast(proposed.detail ?? say("build_keep_first"), "bad");
    return false;
  }
  const tag = async (key: string) => (proposed.before[key] ? ((await bench.drafts.get(key))?.tag ?? null) : null);
  const seen = await Promise.all(Object.keys(proposed.after).map(async (name) => [name, await tag(name)] as const));
  const kept = await bench.drafts.keep(proposed.after, Object.fromEntries(seen));
  if (!("tags" in kept)) toast(kept.refusal.detail ?? say("failed", { status: kept.status }), "bad");
  return "tags" in kept;
}

/** Asks, says who still uses it, and takes the definition out as one step; whether it was done. */
export async function retireDefinition(bench: Workbench, key: string, label: string): Promise<boolean> {
  await bench.keep();
  const [proposed, users] = await Promise.all([bench.drafts.propose("retire", { key }), bench.drafts.uses(key)]);
  if (!("after" in proposed)) {
    toast(proposed.detail ?? say("build_keep_first"), "bad");
    return false;
  }
  const left = users.filter((each) => each.key !== key);
  const body = html`<p>${say("build_retire_whole_means")}</p>
    ${left.length ? html`<div class="note note-warn"><div class="grow"><b>${say("build_retire_reads")}</b><ul class="problems">${left.map((each) => html`<li>${pick(each.label) || each.key} <span class="faint mono">${each.key}</span></li>`)}</ul></div></div>` : nothing}`;
  const answer = await choose(say("build_retire_title", { label }), body, [{ value: "yes", text: say("build_retire"), look: "primary" }, { value: "", text: say("cancel") }]);
  if (answer === "yes") bench.change(say("build_retired", { label }), proposed.after, { before: proposed.before });
  return answer === "yes";
}
