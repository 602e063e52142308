// What new lines are called and what they begin with, asked in a dialog.
import { html, type TemplateResult } from "lit";
import { say } from "@ui/words";
import { making, type Refused } from "../core/asking";
import type { Drafts } from "../core/drafts";
import type { Definition } from "../core/json";
import { labelled, pick } from "../core/labels";
import { called, naming } from "../making/naming";
import { FACTORS, FIRST, foundedLines } from "./line_founding";

export interface MadeLines extends ReturnType<typeof foundedLines> {
  name: string;
  label: Definition;
}

const AS_PROPOSED = FIRST.map(([name]) => name).filter((name) => name !== "remark");

/** What lines of a record are called before somebody says it: `Quote line`, `报价明细`. */
function proposed(label: Definition): Definition {
  const texts: Record<string, (text: string) => string> = { en: (text) => `${text} line`, zh: (text) => `${text}明细` };
  return Object.fromEntries(Object.entries(label).map(([language, text]) => [language, texts[language]?.(String(text)) ?? text]));
}

function follow(event: Event): void {
  const form = (event.target as HTMLElement).closest("form") as HTMLFormElement;
  const box = (name: string) => form.querySelector<HTMLInputElement>(`[data-first="${name}"]`) as HTMLInputElement;
  const sum = form.querySelector<HTMLInputElement>("[data-summed]") as HTMLInputElement;
  box("amount").disabled = FACTORS.some((each) => !box(each).checked);
  sum.disabled = box("amount").disabled || !box("amount").checked;
}

function body(drafts: Drafts, entity: Definition): TemplateResult {
  const tick = (name: string, text: string) => html`<label class="check"><input type="checkbox" class="form-check-input" data-first=${name} ?checked=${AS_PROPOSED.includes(name)} ?disabled=${name === "name"}>${text}</label>`;
  return html`<div class="stack-4"><p class="muted">${say("build_lines_about", { label: pick(entity.label) })}</p>${naming(drafts, "entity", proposed(labelled(entity.label)))}
    <fieldset class="field ticks" @change=${follow}><legend class="label">${say("build_lines_first")}</legend><div class="tick-list">${FIRST.map(([name, field]) => tick(name, pick(field.label)))}</div>
      <label class="check"><input type="checkbox" class="form-check-input" data-summed checked>${say("build_lines_summed", { label: pick(entity.label) })}</label>
      <span class="hint">${say("build_lines_more")}</span></fieldset></div>`;
}

/** field: of the entity that holds them. take: keeps what was made. */
export async function askLines(drafts: Drafts, about: { key: string; entity: Definition; field: string }, take: (made: MadeLines) => void): Promise<void> {
  const taken = (await drafts.list("entity")).map((each) => each.key.slice("entity/".length));
  making(say("build_make_lines"), body(drafts, about.entity), async (form): Promise<Refused> => {
    const given = await called(form, { drafts, of: "entity", taken });
    if (!given || "text" in given) return given;
    const ticked = [...form.querySelectorAll<HTMLInputElement>("[data-first]")].filter((each) => each.checked).map((each) => each.dataset.first ?? "");
    const isSummed = form.querySelector<HTMLInputElement>("[data-summed]")?.checked ?? false;
    take({ ...given, ...foundedLines({ ...about, ...given, first: ticked, isSummed }) });
    form.closest("dialog")?.close();
    return null;
  });
}
