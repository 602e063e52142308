// `[data-new-entity]`: asks what a new entity is called, makes it with a form, a list and an entry, and opens it.
import { Drafts } from "../core/drafts";
import { refusedBy } from "../making/naming";
import { askEntity } from "./asking";

async function ask(button: HTMLElement): Promise<void> {
  const drafts = new Drafts(document.body.dataset.changeSet ?? "main");
  await askEntity(drafts, async ({ name, made, tags }) => {
    const kept = await drafts.keep(made, tags);
    if ("tags" in kept) location.assign(`${button.dataset.newEntity ?? ""}/${name}`);
    return refusedBy(kept);
  });
}

document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLElement>("[data-new-entity]");
  if (button) void ask(button);
});
