// Choices that are taken out, of an option set or of a field: another one takes over their records, or they stay with it.
import { say } from "@ui/words";
import { at, type Json } from "../core/json";
import { pick } from "../core/labels";
import { inOrder } from "../core/orders";
import { NOBODY, succession, type Going } from "./succession";
import type { Workbench } from "../core/workbench";

/** No key begins so. */
export const RETIRE = "=retire";

/** What was chosen: an heir, which is done then; to retire the choice; or that it goes alone. */
export function choiceLeaves(bench: Workbench, going: Going, choices: Json | undefined): Promise<string | null> {
  const all = inOrder(choices);
  const heirs = all.filter(([key, each]) => key !== going.entry && !each.retired).map(([key, each]): [string, string] => [key, pick(each.label) || key]);
  const stays: [string, string][] = at(choices, [going.entry, "retired"]) === true ? [] : [[RETIRE, say("build_choice_stays")]];
  return succession(bench, going, {
    heirs,
    others: [...stays, [NOBODY, say("build_choice_no_heir")]],
    likely: stays.length ? RETIRE : (heirs[0]?.[0] ?? NOBODY),
    says: { count: (n) => say("build_choice_count", { n }), heir: say("build_choice_heir") },
  });
}
