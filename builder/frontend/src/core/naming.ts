// Another name for a definition, one of its fields, or one of its choices or stages, wherever it stands.
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import type { Workbench } from "./workbench";

export interface Named {
  key: string;
  field?: string;
  /** The key of a choice or a stage. */
  entry?: string;
  to: string;
}

const UNDECIDED = ["conflict", "refused"];

/** Whether all edits are kept: the server proposes on what it knows, so an act would throw away those that it has refused. */
export async function isKept(bench: Workbench): Promise<boolean> {
  await bench.keep();
  if (bench.state !== "kept") toast(say("build_keep_first"), "bad");
  return bench.state === "kept";
}

/** A rename, as one step that can be taken back; whether it was done. */
export async function rename(bench: Workbench, about: Named): Promise<boolean> {
  if (!(await isKept(bench))) return false;
  const proposed = await bench.drafts.rename(about);
  if (!("after" in proposed)) {
    toast(proposed.detail ?? say("build_keep_first"), "bad");
    return false;
  }
  const isWhole = !about.field && !about.entry;
  const others = Object.keys(proposed.after).length - (isWhole ? 2 : 1);
  const old = about.entry ?? about.field ?? about.key.slice(about.key.indexOf("/") + 1);
  bench.change(say("build_renamed", { old, name: about.to }), proposed.after, { before: proposed.before });
  await bench.keep();
  // Where somebody else's edit stands against it, it is that which is asked.
  if (!UNDECIDED.includes(bench.state)) toast(say("build_renamed_in", { old, name: about.to, n: others }), "good");
  return true;
}
