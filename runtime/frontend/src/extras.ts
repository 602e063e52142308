// Small things: copy a number, tick a to-do, walk a plain list by arrows, show the current stage, put Back where it came from.
import { all, isTyping, moveFocus } from "@ui/dom";
import { ask, refuse } from "@ui/net";
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import { copied } from "./copying";

/** `data-copy` is the plain text; `data-copy-of` the element whose look goes along, where the other program takes it. */
async function copy(button: HTMLElement): Promise<void> {
  const shown = button.dataset.copyOf ? document.getElementById(button.dataset.copyOf) : null;
  if (await copied(button.dataset.copy ?? "", shown?.innerHTML)) toast(say("copied"), "good");
  else toast(say("not_copied"), "bad");
}

async function tick(box: HTMLInputElement): Promise<void> {
  const answer = await ask(box.dataset.done ?? "", { method: "POST", body: new URLSearchParams({ done: String(box.checked) }) });
  if (answer?.ok) box.closest(".todo")?.classList.toggle("is-done", box.checked);
  else {
    box.checked = !box.checked;
    if (answer) await refuse(answer);
  }
}

/** One tab stop per list, arrows inside it, X ticks. */
export function startRoving(inside: ParentNode): void {
  for (const list of all("[data-roving]", inside)) {
    const stops = () => all("[data-stop]", list);
    const first = stops()[0];
    if (first) first.tabIndex = 0;
    list.addEventListener("keydown", (event) => {
      const stop = (event.target as Element).closest<HTMLElement>("[data-stop]");
      const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
      if (!stop || isTyping(event.target)) return;
      const to = step && stops()[stops().indexOf(stop) + step];
      if (to) moveFocus(to, stops());
      else if (event.key === "x") stop.querySelector<HTMLInputElement>("input[data-done]")?.click();
      else if (event.key === "Enter" && event.target === stop) stop.querySelector<HTMLElement>("a")?.click();
      else return;
      event.preventDefault();
    });
  }
}

/** A long stage path starts at the current stage. */
export function startPaths(inside: ParentNode): void {
  for (const path of all(".path", inside)) {
    const now = path.querySelector<HTMLElement>("[aria-current]");
    if (now) path.scrollLeft = now.offsetLeft - path.offsetLeft - (path.clientWidth - now.offsetWidth) / 2;
    else if (path.lastElementChild?.classList.contains("done")) path.scrollLeft = path.scrollWidth;
  }
}

export function startExtras(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const button = target.closest<HTMLElement>("[data-copy]");
    if (button) void copy(button);
    if (target.closest("[data-print]")) window.print();
    const value = target.closest<HTMLElement>("[data-edit]");
    if (value && !target.closest("a, button") && !getSelection()?.toString()) location.assign(value.dataset.edit ?? "");
  });
  document.addEventListener("change", (event) => {
    const box = event.target as HTMLInputElement;
    if (box.matches("[data-done]")) void tick(box);
  });
}
