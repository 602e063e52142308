// Dragging cards by mouse or finger. While one is held, lanes that refuse it say so, and the others what they need.
import Sortable from "sortablejs";
import type { SartorBoard } from "./board";
import type { Place } from "./board_place";
import { all } from "@ui/dom";

let from: Place | null = null;

function mark(board: HTMLElement, over: Element | null): void {
  for (const lane of all("[data-lane]", board)) lane.classList.toggle("is-over", lane === over);
}

export function dragCards(board: SartorBoard): void {
  for (const list of all("[data-cards]", board)) {
    const lane = list.closest<HTMLElement>("[data-lane]");
    Sortable.create(list, {
      group: { name: "cards", put: () => lane?.dataset.refuses === undefined },
      draggable: "[data-card]",
      filter: "button",
      preventOnFilter: false,
      delay: 180,
      delayOnTouchOnly: true,
      animation: 120,
      ghostClass: "is-ghost",
      dragClass: "is-held",
      emptyInsertThreshold: 24,
      onStart: (event) => {
        from = { list: event.from, before: event.item.nextElementSibling };
        document.documentElement.dataset.state = "moving";
      },
      onMove: (event) => {
        mark(board, event.to.closest("[data-lane]"));
        return event.dragged.querySelector("[data-move]") !== null;
      },
      onEnd: (event) => {
        delete document.documentElement.dataset.state;
        mark(board, null);
        if (from) void board.moved(event.item, from);
        from = null;
      },
    });
  }
}
