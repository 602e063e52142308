// The button of a retired entity: `<button data-bring-entity data-then>` brings it back with its records, all in one edit of
// the change set, and opens it under `data-then`.
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import { Drafts } from "../core/drafts";
import type { Definitions } from "../core/json";
import { BRINGS_BACK } from "./gone";

const ENTITY = "entity/";

/** The name of the entity among what its comeback changes. */
export function broughtBack(after: Definitions): string {
  const found = Object.keys(after).find((key) => key.startsWith(ENTITY) && after[key] && BRINGS_BACK in after[key]);
  return found?.slice(ENTITY.length) ?? "";
}

async function bring(button: HTMLButtonElement): Promise<void> {
  const { bringEntity: id = "", then = "" } = button.dataset;
  const drafts = new Drafts(document.body.dataset.changeSet ?? "main");
  button.disabled = true;
  const answer = await drafts.comeback(id);
  if ("after" in answer) {
    const tags = Object.fromEntries(Object.keys(answer.after).map((key) => [key, answer.before[key] ? "*" : null]));
    const kept = await drafts.keep(answer.after, tags);
    if ("tags" in kept) return location.assign(`${then}/${broughtBack(answer.after)}`);
    toast(kept.refusal.detail ?? say("build_keep_first"), "bad");
  } else toast(answer.detail ?? say("build_keep_first"), "bad");
  button.disabled = false;
}

export function startBringing(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest<HTMLButtonElement>("button[data-bring-entity]");
    if (button) void bring(button);
  });
}
