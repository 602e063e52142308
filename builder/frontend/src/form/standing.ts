// Where a field stands on a form, and putting it there from elsewhere: from where its entity is designed.
import { at, put, rekeyed, type Definition, type Path } from "../core/json";
import { fieldsIn, fieldsPath, sectionsOf, sectionsPath, tabsOf, withField, without } from "./layout";

function sections(form: Definition): Path[] {
  const parts = [null, ...tabsOf(form).map(([name]) => name)];
  return parts.flatMap((tab) => sectionsOf(form, tab).map(([name]) => [...sectionsPath(tab), name]));
}

/** The place of a field; nothing where it is not on the form. */
export function placeOf(form: Definition, name: string): Path | undefined {
  for (const section of sections(form)) {
    const found = fieldsIn(at(form, section)).find(([key, item]) => String(item.path ?? key) === name);
    if (found) return [...fieldsPath(section), found[0]];
  }
  return undefined;
}

/** The form with a field behind the nearest of those above it that stand there, else at the end of the first section.
    A form without a section stays as it is. */
export function placedOn(form: Definition, name: string, above: string[]): Definition {
  const near = above.map((each) => placeOf(form, each)).findLast(Boolean);
  const section = near ? near.slice(0, -2) : sections(form)[0];
  if (!section || placeOf(form, name)) return form;
  const index = near ? fieldsIn(at(form, section)).findIndex(([key]) => key === near.at(-1)) + 1 : Infinity;
  return withField(form, section, name, index);
}

export function takenOff(form: Definition, name: string): Definition {
  const place = placeOf(form, name);
  return place ? without(form, place) : form;
}

/** The form with another name for a field that nothing else refers to. */
export function renamedOn(form: Definition, name: string, wanted: string): Definition {
  const place = placeOf(form, name);
  const fields = place && at(form, place.slice(0, -1));
  return place && fields ? (put(form, place.slice(0, -1), rekeyed(fields as Definition, name, wanted)) as Definition) : form;
}
