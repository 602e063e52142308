// What a new entity is called and where it is shown, asked in a dialog; and the definitions that it then begins with.
import { html, nothing, type TemplateResult } from "lit";
import { say } from "@ui/words";
import { making, type Refused } from "../core/asking";
import { likely, type Drafts, type Listed } from "../core/drafts";
import type { Definition, Definitions } from "../core/json";
import { pick } from "../core/labels";
import { called, naming, textOf } from "../making/naming";
import { founded } from "./founding";

/** made: what is new and what is edited for it. before: of what was there, as it was; tags: what was seen of it. */
export interface Founded {
  name: string;
  label: Definition;
  made: Definitions;
  before: Definitions;
  tags: Record<string, string | null>;
}

/** Takes what was made, or says why not. close: puts the dialog away, where no other page follows. */
export type Take = (founded: Founded, close: () => void) => Promise<Refused>;

function body(drafts: Drafts, apps: Listed[]): TemplateResult {
  const meant = likely(apps);
  return html`<div class="stack-4">${naming(drafts, "entity")}
    ${apps.length ? html`<div class="field"><label for="new-app">${say("build_new_app")}</label><select class="form-select" id="new-app" name="app">${apps.map((each) => html`<option value=${each.key} ?selected=${each === meant}>${pick(each.label)}</option>`)}<option value="">${say("build_no_app")}</option></select></div>` : nothing}
    <p class="hint t-12 faint">${say("build_new_makes")}</p></div>`;
}

async function make(form: HTMLFormElement, drafts: Drafts, taken: string[], take: Take): Promise<Refused> {
  const given = await called(form, { drafts, of: "entity", taken });
  if (!given || "text" in given) return given;
  const key = textOf(form, "app");
  const app = key ? await drafts.get(key) : null;
  const made = founded({ ...given, icon: "table", ...(app ? { app: { key, definition: app.document } } : {}) });
  const ofEach = <T>(what: T | undefined) => Object.fromEntries(Object.keys(made).map((each) => [each, (each === key ? what : null) ?? null]));
  return take({ ...given, made, before: ofEach(app?.document), tags: ofEach(app?.tag) }, () => form.closest("dialog")?.close());
}

export async function askEntity(drafts: Drafts, take: Take): Promise<void> {
  const [apps, entities] = await Promise.all([drafts.list("app"), drafts.list("entity")]);
  const taken = entities.map((each) => each.key.slice("entity/".length));
  making(say("build_new_entity"), body(drafts, apps), (form) => make(form, drafts, taken, take));
}
