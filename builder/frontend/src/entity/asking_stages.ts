// What the pipeline of a stage field is called, asked in a dialog where its entity has none yet.
import { html, type TemplateResult } from "lit";
import { say } from "@ui/words";
import { making, type Refused } from "../core/asking";
import type { Drafts } from "../core/drafts";
import { at, put, type Definition, type Definitions } from "../core/json";
import { labelled, pick } from "../core/labels";
import { called, naming } from "../making/naming";
import { names } from "../panel/schema";
import { pipelineOf } from "../pipeline/founding";

export interface MadeStages {
  name: string;
  label: Definition;
  made: Definitions;
}

/** What it is called before somebody says it: `Enrollment pipeline`, `报名流程`. */
function proposed(entity: Definition): Definition {
  const texts: Record<string, (text: string) => string> = { en: (text) => `${text} pipeline`, zh: (text) => `${text}流程` };
  return Object.fromEntries(Object.entries(labelled(entity.label)).map(([language, text]) => [language, texts[language]?.(String(text)) ?? text]));
}

/** The pipeline, and the entity whose field follows it. */
export function foundedStages(about: { key: string; entity: Definition; field: string }, name: string, label: Definition): Definitions {
  const path = ["fields", about.field, "options", "pipelines"];
  const follows = put(about.entity, path, [...names(at(about.entity, path)), name]) as Definition;
  return { [about.key]: follows, [`pipeline/${name}`]: pipelineOf(about.key.slice("entity/".length), about.field, label) };
}

function body(drafts: Drafts, entity: Definition): TemplateResult {
  return html`<div class="stack-4"><p class="muted">${say("build_stages_about", { label: pick(entity.label) })}</p>${naming(drafts, "other", proposed(entity))}</div>`;
}

/** field: of the entity that is to follow it. take: keeps what was made. */
export async function askStages(drafts: Drafts, about: { key: string; entity: Definition; field: string }, take: (made: MadeStages) => void): Promise<void> {
  const taken = (await drafts.list("pipeline")).map((each) => each.key.slice("pipeline/".length));
  making(say("build_make_stages"), body(drafts, about.entity), async (form): Promise<Refused> => {
    const given = await called(form, { drafts, of: "other", taken });
    if (!given || "text" in given) return given;
    take({ ...given, made: foundedStages(about, given.name, given.label) });
    form.closest("dialog")?.close();
    return null;
  });
}
