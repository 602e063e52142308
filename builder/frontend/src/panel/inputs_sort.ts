// `x-widget: sort`: an order out of the fields of the entity that a place is about, without those of types that have none.
import { html, type TemplateResult } from "lit";
import { ordering, termsOf, textsOf, type Term } from "./ordering";
import { entityOf, idOf, problemsUnder, type Place } from "./place";
import { names } from "./schema";

export function sortInput(place: Place): TemplateResult {
  const { part, path, value, around } = place;
  const change = (terms: Term[]) => around.edit(path, terms.length ? textsOf(terms) : undefined);
  const unordered = names(part.schema["x-unordered"]);
  const fields = around.world.fields(entityOf(place), true).filter((each) => !unordered.includes(each.type ?? ""));
  const offered = fields.map((each): [string, string] => [each.name, each.label]);
  const wrong = problemsUnder(around, path);
  return html`<div data-part=${part.name}>${ordering({ terms: termsOf({ sort: value }), offered, change, title: part.title, id: idOf(path) })}${wrong.map((each) => html`<span class="wrong">${each.message}</span>`)}</div>`;
}
