// Dragging on a canvas that is drawn from data: where something was dropped is told, and the page put back as it was,
// so that drawing it anew finds what it left.
import Sortable from "sortablejs";
import { isTyping } from "@ui/dom";

export interface Dropped {
  /** What was moved; absent for something new out of the palette. */
  moved?: HTMLElement;
  /** The key of the palette's item. */
  added?: string;
  list: HTMLElement;
  from: HTMLElement;
  index: number;
}

/** How many of the list's entries stand before an element. Sortable counts what its own list calls draggable. */
function indexIn(list: HTMLElement, draggable: string, item: Element): number {
  return [...list.children].filter((each) => each === item || each.matches(draggable)).indexOf(item);
}

const GLIDE = 120;
/** More entries than this do not glide out of the way: the place of each is measured whenever one moves, which costs frames. */
const GLIDING = 24;

function glide(list: HTMLElement): number {
  return list.childElementCount > GLIDING ? 0 : GLIDE;
}

/** How things are taken up and carried, in lists and out of the palette alike. A finger has to rest, for one that moves at
 *  once scrolls; it may tremble. Near an edge of the window what lies beyond comes into sight. */
export const CARRYING: Sortable.Options = {
  animation: GLIDE,
  delay: 180,
  delayOnTouchOnly: true,
  touchStartThreshold: 8,
  chosenClass: "is-held",
  // The browser's own drag knows no finger: with it, a page that is carried to its edge would stay where it is.
  forceFallback: matchMedia("(any-pointer: coarse)").matches,
  fallbackOnBody: true,
  fallbackClass: "is-carried",
  scrollSensitivity: 64,
  scrollSpeed: 14,
  // A box that is being typed in draws the page back to itself.
  onChoose: () => {
    const active = document.activeElement;
    if (active instanceof HTMLElement && isTyping(active)) active.blur();
  },
};

export function sortable(list: HTMLElement, group: string | Sortable.GroupOptions, draggable: string, drop: (dropped: Dropped) => void, handle?: string): Sortable {
  let next: Node | null = null;
  list.dataset.sorted = "";
  const made = Sortable.create(list, {
    ...CARRYING,
    animation: glide(list),
    group,
    draggable,
    ...(handle ? { handle } : {}),
    emptyInsertThreshold: 24,
    ghostClass: "is-slot",
    onStart: (event) => {
      next = event.item.nextSibling;
      made.option("animation", glide(list));
    },
    onAdd: (event) => {
      const key = event.item.dataset.item;
      if (key === undefined) return;
      const index = indexIn(event.to, draggable, event.item);
      event.clone.replaceWith(event.item);
      drop({ added: key, list: event.to, from: event.from, index });
    },
    onEnd: (event) => {
      if (event.item.dataset.item !== undefined) return;
      const index = indexIn(event.to, draggable, event.item);
      event.from.insertBefore(event.item, next);
      if (event.to !== event.from || index !== indexIn(event.from, draggable, event.item)) drop({ moved: event.item, list: event.to, from: event.from, index });
    },
  });
  return made;
}
