// A choice or a stage that is taken out: what becomes of the records that have it is asked, and what names it follows.
import { html, nothing, type TemplateResult } from "lit";
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import { choose } from "../core/choose";
import type { Retirement } from "../core/drafts";
import { isKept } from "../core/naming";
import type { Workbench } from "../core/workbench";

/** A choice or a stage. field: whose own choice it is. label: what people call it. */
export interface Going {
  key: string;
  field?: string;
  entry: string;
  label: string;
}

/** heirs, others: value and text of what can be chosen; what is not an heir is left to whoever asked. likely: chosen at
    first. says: how many records there are, and what the list is called. isAsked: also where nothing holds it. */
export interface Ways {
  heirs: [string, string][];
  others: [string, string][];
  likely: string;
  says: { count: (n: number) => string; heir: string };
  isAsked?: boolean;
}

export const NOBODY = "";

/** Asks, and where another one takes the records over, does so as one step: what was chosen, null for nothing at all. */
export async function succession(bench: Workbench, going: Going, ways: Ways): Promise<string | null> {
  if (!(await isKept(bench))) return null;
  const alone = await bench.drafts.retirement(aboutOf(going));
  if (!("after" in alone)) return refused(alone.detail);
  const isHeld = (alone.records ?? 0) > 0 || alone.left.length > 0;
  if (!isHeld && !ways.isAsked) return NOBODY;
  const chosen = await asked(going, ways, alone, isHeld);
  if (chosen === null || !ways.heirs.some(([key]) => key === chosen)) return chosen;
  const done = await bench.drafts.retirement({ ...aboutOf(going), instead: chosen });
  if (!("after" in done)) return refused(done.detail);
  bench.change(say("build_taken_out", { label: going.label }), done.after, { before: done.before });
  return chosen;
}

function aboutOf({ key, field, entry }: Going): { key: string; field?: string; entry: string } {
  return { key, entry, ...(field ? { field } : {}) };
}

function refused(detail?: string): null {
  toast(detail ?? say("build_keep_first"), "bad");
  return null;
}

async function asked({ label }: Going, ways: Ways, { records, left }: Retirement, isHeld: boolean): Promise<string | null> {
  const named = left.length ? html`<p>${say("build_heir_named", { n: left.length })}</p>` : nothing;
  const body = html`<p>${ways.says.count(records ?? 0)}</p>${named}${isHeld ? heirs(ways) : nothing}`;
  const answers = [{ value: "yes", text: say("build_take_out"), look: "primary" as const }, { value: "", text: say("cancel") }];
  const answer = choose(say("build_take_out_title", { label }), body, answers);
  const list = document.querySelector<HTMLSelectElement>("dialog[open] select[data-heir]");
  return (await answer) === "yes" ? (list?.value ?? NOBODY) : null;
}

function heirs({ heirs, others, likely, says }: Ways): TemplateResult {
  const isHeir = (value: string) => heirs.some(([key]) => key === value);
  const changed = (event: Event) => {
    const list = event.target as HTMLSelectElement;
    list.nextElementSibling?.toggleAttribute("hidden", !isHeir(list.value));
  };
  const option = ([value, text]: [string, string]) => html`<option value=${value} ?selected=${value === likely}>${text}</option>`;
  return html`<div class="field"><label for="heir">${says.heir}</label><select class="form-select" id="heir" data-heir aria-describedby="heir-hint" @change=${changed}>${heirs.map(option)}${others.map(option)}</select><span class="hint" id="heir-hint" ?hidden=${!isHeir(likely)}>${say("build_heir_hint")}</span></div>`;
}
