// The plan of installing or taking out: `form[data-choose]` shows the plan of other choices as they are made,
// `form[data-deed]` does what was looked at. `[data-save-file]` lets the browser keep a blueprint as a file.
import { ask, refuse } from "@ui/net";
import { toast } from "@ui/toast";
import { goesOn, save, send, type BlueprintFile, type Refusal } from "./api";

async function run(form: HTMLFormElement): Promise<void> {
  const { url, body, then, waits } = form.dataset;
  const button = form.querySelector("button");
  const bar = form.querySelector("progress");
  if (!url || !button || button.disabled) return;
  button.disabled = true;
  bar?.removeAttribute("hidden");
  const answer = await ask(url, { method: "POST", body: body ?? "{}", headers: { "Content-Type": "application/json", Accept: "application/json" } });
  if (answer?.ok) return location.assign(then ?? location.href);
  button.disabled = false;
  bar?.setAttribute("hidden", "");
  if (!answer || goesOn((await answer.clone().json().catch(() => ({}))) as Refusal, waits)) return;
  await refuse(answer);
}

async function keep(button: HTMLButtonElement): Promise<void> {
  button.disabled = true;
  const found = await send<BlueprintFile>(button.dataset.saveFile ?? "");
  button.disabled = false;
  if (found && "value" in found) save(found.value);
  else if (found) toast(found.problem.detail ?? "", "bad");
}

export function startDeeds(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches("form[data-deed]")) return;
    event.preventDefault();
    void run(form);
  });
  document.addEventListener("change", (event) => (event.target as Element).closest<HTMLFormElement>("form[data-choose]")?.requestSubmit());
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-save-file]");
    if (button) void keep(button);
  });
}
