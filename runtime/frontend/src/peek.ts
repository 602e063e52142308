// The drawer beside a list or board: a look at a record without leaving. Its content is a fragment of the server.
import { all } from "@ui/dom";
import { ask, refuse } from "@ui/net";
import { process } from "@ui/process";

let shown: HTMLElement | null = null;

function drawer(): HTMLElement | null {
  return document.getElementById("peek");
}

export function peekIsOpen(): boolean {
  return shown !== null;
}

export function closePeek(): void {
  const box = drawer();
  if (!box || !shown) return;
  const row = shown;
  shown.classList.remove("is-peek");
  shown = null;
  box.hidden = true;
  delete document.documentElement.dataset.state;
  row.focus();
}

/** Opens the drawer for a row or card with `data-peek`; a second time on the same one closes it. */
export async function openPeek(row: HTMLElement): Promise<void> {
  const box = drawer();
  const url = row.dataset.peek;
  if (!box || !url) return;
  if (shown === row) return closePeek();
  shown?.classList.remove("is-peek");
  shown = row;
  row.classList.add("is-peek");
  document.documentElement.dataset.state = "peek";
  const answer = await ask(url);
  if (!answer || shown !== row) return;
  if (!answer.ok) {
    await refuse(answer);
    return closePeek();
  }
  box.innerHTML = await answer.text();
  box.hidden = false;
  process(box);
  const stops = all(row.matches("tr") ? "[data-row]" : "[data-stop]");
  const place = box.querySelector("[data-peek-place]");
  if (place) place.textContent = `${stops.indexOf(row) + 1} / ${stops.length}`;
}

function step(by: number): void {
  if (!shown) return;
  const stops = all(shown.matches("tr") ? "[data-row]" : "[data-stop]");
  const to = stops[stops.indexOf(shown) + by];
  if (to) void openPeek(to);
}

export function startPeek(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("[data-peek-close]")) closePeek();
    const stepper = target.closest<HTMLElement>("[data-peek-step]");
    if (stepper) step(Number(stepper.dataset.peekStep));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !shown || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    closePeek();
  });
}
