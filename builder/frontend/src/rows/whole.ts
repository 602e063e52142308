// Another name for a definition as a whole, written wherever it is used.
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import type { Workbench } from "../core/workbench";
import { NAME } from "../entity/fields";

/** Another name for a definition; whether it is kept under it. The page of the old name has nothing left to show, so this is
 * no step of its history: renaming it again takes it back. */
export async function renameDefinition(bench: Workbench, key: string, to: string): Promise<boolean> {
  if (!NAME.test(to)) {
    toast(say("build_name_form", { name: to }), "bad");
    return false;
  }
  await bench.keep();
  const proposed = await bench.drafts.rename({ key, to });
  if (!("after" in proposed)) {
    toast(proposed.detail ?? say("build_keep_first"), "bad");
    return false;
  }
  const tag = async (key: string) => (proposed.before[key] ? ((await bench.drafts.get(key))?.tag ?? null) : null);
  const seen = await Promise.all(Object.keys(proposed.after).map(async (name) => [name, await tag(name)] as const));
  const kept = await bench.drafts.keep(proposed.after, Object.fromEntries(seen));
  if (!("tags" in kept)) toast(kept.refusal.detail ?? say("failed", { status: kept.status }), "bad");
  return "tags" in kept;
}
