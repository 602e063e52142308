// The palette of the entity designer: field types by group, with their example.
import { say } from "@ui/words";
import { isObject, type Json } from "../core/json";
import { pick } from "../core/labels";
import type { Item, Shelf } from "../core/palette";
import type { TypeAbout } from "../panel/schema";

const GROUPS = ["text", "number", "time", "choice", "relation", "people", "computed"];

export function shelves(types: TypeAbout[]): Shelf[] {
  const texts: Record<string, string> = {
    text: say("build_group_text"),
    number: say("build_group_number"),
    time: say("build_group_time"),
    choice: say("build_group_choice"),
    relation: say("build_group_relation"),
    people: say("build_group_people"),
    computed: say("build_group_computed"),
  };
  const known = [...new Set([...GROUPS, ...types.map((each) => each.group ?? "")])];
  const shelf = (group: string) => ({ title: texts[group] ?? group, items: types.filter((each) => each.group === group).map(itemOf) });
  return known.map(shelf).filter((each) => each.items.length);
}

export function itemOf(type: TypeAbout): Item {
  return {
    key: type.key,
    text: pick(type.label),
    icon: type.icon,
    hint: say("build_example", { example: exampleOf(type.example) }),
    words: `${pick(type.label, "en")} ${pick(type.label, "zh")}`,
  };
}

function exampleOf(value: Json | undefined): string {
  if (isObject(value)) return Object.values(value).map(String).join(" ");
  if (Array.isArray(value)) return value.map((each) => (isObject(each) ? String(each.title ?? each.name ?? "…") : String(each))).join(", ");
  return value === undefined ? "" : String(value);
}
