// What can be put onto a form: fields that are not on it yet, new ones, sections, tabs and lists of related records.
import { say } from "@ui/words";
import type { Definition, Json } from "../core/json";
import { pick } from "../core/labels";
import type { Item, Shelf } from "../core/palette";
import type { Related } from "../core/related";
import type { TypeAbout } from "../panel/schema";
import { fieldsOn } from "./layout";
import { fieldsOf } from "../entity/fields";
import { itemOf } from "../entity/shelves";

const OWNER_FIELDS = ["owner", "department"];

/** What the fields are called that an entity with owners has by itself. */
export function ownLabel(name: string): string {
  if (name === "owner") return say("build_owner");
  return name === "department" ? say("build_department") : name;
}

function words(label: Json | undefined): string {
  return `${pick(label, "en")} ${pick(label, "zh")}`;
}

export function shelves(form: Definition, entity: Definition, types: TypeAbout[], related: Related[]): Shelf[] {
  const on = fieldsOn(form);
  const type = (key: Json | undefined) => types.find((each) => each.key === key);
  const fields: Item[] = fieldsOf(entity).filter(([name]) => !on.has(name)).map(([name, field]) => ({ key: `field:${name}`, text: pick(field.label) || name, icon: type(field.type)?.icon ?? "point", words: words(field.label) }));
  const owners = entity.owned ? OWNER_FIELDS.filter((name) => !on.has(name)).map((name) => ({ key: `field:${name}`, text: ownLabel(name), icon: name === "owner" ? "user" : "building" })) : [];
  const fresh: Item[] = types.map((each) => ({ ...itemOf(each), key: `type:${each.key}` }));
  const lists: Item[] = related.map((each) => ({ key: `related:${each.entity}.${each.lookup}`, text: pick(each.label), icon: each.icon, hint: each.by, words: words(each.label) }));
  return [
    { title: say("build_not_on_form"), items: [...fields, ...owners] },
    { title: say("build_layout"), items: [{ key: "layout:section", text: say("build_section"), icon: "layout-rows" }, { key: "layout:tab", text: say("build_tab"), icon: "layout-navbar" }, ...(form.purpose === "quick" ? [] : [{ key: "layout:button", text: say("build_button"), icon: "bolt" }])] },
    { title: say("build_related"), items: lists },
    { title: say("build_new_field"), items: fresh },
  ].filter((each) => each.items.length);
}
