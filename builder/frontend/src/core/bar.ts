// The title bar of a designer: undo and redo, whether everything is kept, and how much is not yet published.
import { all } from "@ui/dom";
import { ask } from "@ui/net";
import { say } from "@ui/words";
import { FAILED, type Workbench } from "./workbench";

export function followBar(bench: Workbench, act: (what: "undo" | "redo") => void): void {
  const buttons = { undo: all<HTMLButtonElement>("[data-undo]"), redo: all<HTMLButtonElement>("[data-redo]") };
  for (const what of ["undo", "redo"] as const) for (const button of buttons[what]) button.addEventListener("click", () => act(what));
  const draw = () => {
    for (const button of buttons.undo) button.disabled = !bench.history.canUndo;
    for (const button of buttons.redo) button.disabled = !bench.history.canRedo;
    tellState(bench);
  };
  bench.addEventListener("change", draw);
  bench.addEventListener("state", draw);
  bench.addEventListener("state", () => {
    if (bench.state === "kept") void countEdits(bench.drafts.set);
  });
  draw();
}

function tellState(bench: Workbench): void {
  const words = {
    kept: bench.history.canUndo ? say("build_kept", { time: new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }) }) : "",
    waiting: say("build_keeping"),
    keeping: say("build_keeping"),
    refused: say("build_refused"),
    conflict: say("build_conflict"),
    offline: say("build_offline"),
    signed_out: say("build_signed_out"),
  };
  for (const element of all("[data-saved]")) {
    element.textContent = words[bench.state];
    element.classList.toggle("bad", FAILED.includes(bench.state));
    element.classList.toggle("faint", !element.classList.contains("bad"));
    element.dataset.state = bench.state;
    if (bench.state === "signed_out") element.append(" ", signIn());
  }
}

/** In a tab of its own, so that what is not saved stays here. */
function signIn(): HTMLAnchorElement {
  return Object.assign(document.createElement("a"), { className: "link", href: "/sign-in", target: "_blank", rel: "noopener", textContent: say("build_sign_in") });
}

async function countEdits(set: string): Promise<void> {
  const answer = await ask(`/api/v1/change-sets/${encodeURIComponent(set)}`);
  if (!answer?.ok) return;
  const found = (await answer.json()) as { edits: unknown[]; base: number };
  showEdits(found.edits.length, found.base);
}

/** The dashed badge, the stitched line and the number in the menu: there is something that nobody else sees yet. */
function showEdits(count: number, base: number): void {
  for (const entry of all('#menu a[href$="/changes"]')) {
    entry.querySelector(".count")?.remove();
    if (count) entry.append(Object.assign(document.createElement("span"), { className: "count push", textContent: String(count) }));
  }
  for (const line of all("[data-draft-line]")) line.hidden = !count;
  for (const review of all("[data-review]")) {
    review.classList.toggle("btn-primary", count > 0);
    review.classList.toggle("btn-default", !count);
  }
  for (const badge of all("[data-draft]")) {
    badge.hidden = !count;
    badge.dataset.edits = String(count);
    const text = badge.querySelector<HTMLElement>("[data-draft-text]");
    const pattern = (count === 1 ? text?.dataset.draftOne : text?.dataset.draftText) ?? "";
    if (text) text.textContent = pattern.replace("{n}", String(count)).replace("{base}", String(base));
  }
}
