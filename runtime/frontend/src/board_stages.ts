// The phone's way to move a card: a sheet with the stages, the one it is in marked.
import { html, render } from "lit";
import type { SartorBoard } from "./board";
import { laneOf, placeOf } from "./board_place";
import { say } from "@ui/words";

export function openStages(board: SartorBoard, item: HTMLElement): void {
  const dialog = document.createElement("dialog");
  dialog.className = "sheet-dialog is-small";
  dialog.setAttribute("aria-label", item.querySelector(".name")?.textContent ?? "");
  const now = laneOf(item);
  const choose = (lane: HTMLElement) => {
    dialog.close();
    const from = placeOf(item);
    lane.querySelector("[data-cards]")?.prepend(item);
    void board.moved(item, from);
  };
  render(
    html`<div class="pop is-static">${board.lanes.map((lane) => html`<button type="button" ?disabled=${lane === now || lane.dataset.refuses !== undefined}
      aria-current=${lane === now ? "true" : "false"} @click=${() => choose(lane)}>
      <span class="grow">${lane.dataset.title}</span><span class="faint t-12">${lane.dataset.refuses ?? lane.dataset.needs ?? ""}</span></button>`)}
      <button type="button" class="faint" @click=${() => dialog.close()}>${say("cancel")}</button></div>`,
    dialog,
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
