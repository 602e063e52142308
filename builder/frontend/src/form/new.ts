// `[data-new-form]`: asks for which entity a new form is, makes it and opens it.
import { html } from "lit";
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import { choose } from "../core/choose";
import { Drafts, type Listed } from "../core/drafts";
import { pick } from "../core/labels";
import { formed, missing, type Purpose } from "./forming";

interface Offer {
  entity: string;
  purpose: Purpose;
  text: string;
}

function offers(entities: Listed[], forms: string[]): Offer[] {
  return entities.flatMap((each) => {
    const entity = each.key.slice("entity/".length);
    const text = (purpose: Purpose) => say(`build_${purpose}_form`, { entity: pick(each.label) || entity });
    return missing(entity, forms).map((purpose) => ({ entity, purpose, text: text(purpose) }));
  });
}

async function ask(found: Offer[]): Promise<Offer | undefined> {
  let chosen = 0;
  const change = (event: Event) => (chosen = Number((event.target as HTMLSelectElement).value));
  const body = html`<div class="field"><label for="new-form">${say("build_new_form_of")}</label><select class="form-select" id="new-form" autofocus @change=${change}>${found.map((each, at) => html`<option value=${at}>${each.text}</option>`)}</select></div>`;
  const answer = await choose(say("build_new_form"), body, [{ value: "yes", text: say("build_make"), look: "primary" }, { value: "", text: say("cancel") }]);
  return answer === "yes" ? found[chosen] : undefined;
}

async function make(button: HTMLElement): Promise<void> {
  const drafts = new Drafts(document.body.dataset.changeSet ?? "main");
  const [entities, forms] = await Promise.all([drafts.list("entity"), drafts.list("form")]);
  const found = offers(entities, forms.map((each) => each.key));
  if (!found.length) return toast(say(entities.length ? "build_no_form_left" : "build_entity_first"), "bad");
  const offer = await ask(found);
  if (!offer) return;
  const main = `form/${offer.entity}.main`;
  const [entity, shown] = await Promise.all([drafts.get(`entity/${offer.entity}`), forms.some((each) => each.key === main) ? drafts.get(main) : null]);
  if (!entity) return;
  const name = `${offer.entity}.${offer.purpose}`;
  const kept = await drafts.keep({ [`form/${name}`]: formed(offer.entity, entity.document, offer.purpose, shown?.document) }, { [`form/${name}`]: null });
  if ("tags" in kept) location.assign(`${button.dataset.newForm ?? ""}/${name}`);
  else if (kept.status) toast(kept.refusal.detail ?? say("failed", { status: kept.status }), "bad");
}

document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLElement>("[data-new-form]");
  if (button) void make(button);
});
