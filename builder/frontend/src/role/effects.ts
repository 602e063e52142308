// What the edits of a role change for whom: told by the server whenever they are kept.
import { html, nothing, type TemplateResult } from "lit";
import { ask } from "@ui/net";
import { listed, say } from "@ui/words";

export interface Effects {
  holders: number;
  names: string[];
  sentences: string[];
}

export async function effectsOf(url: string): Promise<Effects | null> {
  const answer = await ask(url, { headers: { Accept: "application/json" } });
  return answer?.ok ? ((await answer.json()) as Effects) : null;
}

function heldBy({ holders, names }: Effects): string {
  if (!holders) return say("build_held_by_none");
  const told = listed(names) + (holders > names.length ? " …" : "");
  return say("build_held_by", { n: holders, names: told });
}

export function effectsBox(effects: Effects | null): TemplateResult | typeof nothing {
  if (!effects) return nothing;
  return html`<section class="card-flat role-effects" aria-live="polite" aria-labelledby="effects-head"><header><h2 id="effects-head">${say("build_effects")}</h2></header>
    <div class="in stack"><p class="muted" data-holders>${heldBy(effects)}</p>
    ${effects.sentences.length ? html`<ul class="problems">${effects.sentences.map((each) => html`<li>${each}</li>`)}</ul>` : html`<p class="faint">${say("build_nothing_changes")}</p>`}</div></section>`;
}
