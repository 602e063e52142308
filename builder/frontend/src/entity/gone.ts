// Fields that were retired and can come back with their values: the list of them, and the act.
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "@ui/dom";
import { toast } from "@ui/toast";
import { listed, say } from "@ui/words";
import type { Change, Gone } from "../core/drafts";
import { isObject, type Definition } from "../core/json";
import { pick } from "../core/labels";
import { isKept } from "../core/naming";
import type { Workbench } from "../core/workbench";
import type { TypeAbout } from "../panel/schema";

export const BRINGS_BACK = "brings_back";

/** Those that the draft has not brought back yet. */
export function stillGone(gone: Gone[], entity: Definition): Gone[] {
  const parts = isObject(entity.fields) ? Object.values(entity.fields) : [];
  const back = new Set(parts.map((part) => (isObject(part) ? part[BRINGS_BACK] : undefined)));
  return gone.filter((each) => !back.has(each.column));
}

/** Where people see it again: forms, lists and what else shows it; rights are told by the plan. */
function seenOn(changes: Change[]): string[] {
  return changes.flatMap(({ key, said }) => (/^(entity|role)\//.test(key) ? [] : [said]));
}

/** Brings one back, as one step that can be taken back, and says where it stands; the name that it has now, empty where
 *  that was refused. */
export async function bringBack(bench: Workbench, key: string, gone: Gone): Promise<string> {
  if (!(await isKept(bench))) return "";
  const answer = await bench.drafts.comeback(gone.id);
  if (!("after" in answer)) {
    toast(answer.detail ?? say("build_keep_first"), "bad");
    return "";
  }
  const label = pick(gone.label) || gone.field;
  const places = seenOn(answer.changes);
  bench.change(say("build_brought_back", { label }), answer.after, { before: answer.before });
  toast(places.length ? say("build_back_on", { label, places: listed(places) }) : say("build_back_nowhere", { label }));
  const fields = answer.after[key]?.fields;
  const found = Object.entries(isObject(fields) ? fields : {}).find(([, part]) => isObject(part) && part[BRINGS_BACK] === gone.column);
  return found?.[0] ?? "";
}

export function goneList(gone: Gone[], type: (key: string) => TypeAbout | undefined, act: (gone: Gone) => Promise<void>): TemplateResult | typeof nothing {
  if (!gone.length) return nothing;
  return html`<details class="folded gone-fields" data-gone><summary>${icon("chevron-right")}${say("build_gone", { n: gone.length })}</summary>
    <p class="t-12 faint">${say("build_gone_hint")}</p>
    <ul class="field-rows">${gone.map((each) => row(each, type(each.type), act))}</ul></details>`;
}

function row(gone: Gone, type: TypeAbout | undefined, act: (gone: Gone) => Promise<void>): TemplateResult {
  const label = pick(gone.label) || gone.field;
  const day = new Date(gone.at).toLocaleDateString(document.documentElement.lang);
  const about = [gone.field, pick(type?.label) || gone.type, ...(gone.values === null ? [] : [say("build_gone_values", { n: gone.values })]), say("build_gone_since", { day })];
  return html`<li class="field-row"><span class="kind">${icon(type?.icon ?? "help")}</span>
    <span class="two-lines"><span class="clip medium">${label}</span><span class="faint t-12">${about.join(" · ")}</span></span>
    <button type="button" class="btn btn-default" data-bring=${gone.field} aria-label=${say("build_bring_back_this", { label })} @click=${(event: Event) => void bring(event.currentTarget as HTMLButtonElement, act(gone))}>${icon("restore")}${say("build_bring_back")}</button></li>`;
}

/** Looking for where it stood takes a moment in a large workspace. */
async function bring(button: HTMLButtonElement, act: Promise<void>): Promise<void> {
  button.disabled = true;
  await act;
  button.disabled = false;
}
