// The button of a page that says where something is used: `<button data-retire-key data-field data-label data-new
// data-then>` asks what is to be done about whatever names it, as a designer does, and goes on to `data-then`.
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import { Drafts } from "../core/drafts";
import { Workbench } from "../core/workbench";
import { retire } from "./retire";

async function takeOut(button: HTMLButtonElement): Promise<void> {
  const { retireKey: key = "", field, label = "", then = "" } = button.dataset;
  const bench = new Workbench(new Drafts(document.body.dataset.changeSet ?? "main"));
  await bench.open(key);
  if (!(await retire(bench, { key, ...(field ? { field } : {}), label, isNew: "new" in button.dataset, leaves: true }))) return;
  await bench.keep();
  if (bench.state === "kept") location.assign(then);
  else toast(say("build_keep_first"), "bad");
}

/** What is to be asked and done has to be worked out first: meanwhile the button says so and is not pressed twice. */
async function busily(button: HTMLButtonElement, act: () => Promise<void>): Promise<void> {
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
  await act();
  button.disabled = false;
  button.removeAttribute("aria-busy");
}

export function startRetiring(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest<HTMLButtonElement>("button[data-retire-key]");
    if (button) void busily(button, () => takeOut(button));
  });
}
