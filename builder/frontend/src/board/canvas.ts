// The grid under the hand: cards dragged, resized and dropped by mouse or finger. It moves what is there; what comes of
// it is told, and the definition decides.
import { GridStack, type GridItemHTMLElement, type GridStackNode } from "gridstack";
import type { SartorPalette } from "../core/palette";
import { COLUMNS, type Box, type Boxes, type Size } from "./grid";

/** As high as a row where people work (`places.css`). */
const CELL = 64;
const MARGIN = 6;
/** Rows below everything else, where cards wait while their places are given out. */
const ASIDE = 10_000;

export interface Hands {
  /** A hand let go: where all cards stand now. name: the one that it held. */
  moved(name: string, boxes: Boxes): void;
  dropped(key: string, spot: { x: number; y: number }): void;
}

export class Canvas {
  private grid: GridStack;
  private isSyncing = false;
  private inHand = "";

  constructor(
    readonly element: HTMLElement,
    private hands: Hands,
  ) {
    const options = { column: COLUMNS, cellHeight: CELL, margin: MARGIN, acceptWidgets: "[data-item]", animate: !matchMedia("(prefers-reduced-motion: reduce)").matches, auto: false, minRow: 4, resizable: { handles: "e,se,s" } };
    this.grid = GridStack.init(options, element) as GridStack;
    this.grid.on("dragstart resizestart", (_event: Event, item: GridItemHTMLElement) => (this.inHand = item.dataset.card ?? ""));
    this.grid.on("change", () => this.tell());
    this.grid.on("dropped", (_event, _before, node) => this.drop(node));
  }

  /** What is in the palette can be dragged in. */
  take(items: HTMLElement[], size: (key: string) => Size): void {
    const dragging = GridStack.getDD();
    for (const item of items as GridItemHTMLElement[]) {
      if (dragging.isDraggable(item)) continue;
      const [w, h] = size(item.dataset.item ?? "");
      // What `setupDragIn` does, without its made-up `dragstart` events: others take those for a drag of the browser's.
      const lend = (isInHand: boolean) => item.closest<SartorPalette>("sartor-palette")?.lend(isInHand);
      dragging.dragIn(item, { appendTo: "main", helper: ghost, start: () => lend(true), stop: () => lend(false) });
      item.gridstackNode = { w, h };
    }
  }

  private drop(node: GridStackNode): void {
    const { el, x = 0, y = 0 } = node;
    const key = el?.dataset.item;
    if (el) this.quietly(() => this.grid.removeWidget(el, true, false));
    if (key) this.hands.dropped(key, { x, y });
  }

  private tell(): void {
    const nodes = this.grid.engine.nodes;
    // A card out of the palette has no name yet; it is told when it is dropped.
    if (this.isSyncing || nodes.some((node) => !node.el?.dataset.card)) return;
    this.hands.moved(this.inHand, new Map(nodes.map((node) => [node.el?.dataset.card ?? "", boxOf(node)])));
  }

  private quietly(act: () => void): void {
    this.isSyncing = true;
    act();
    this.isSyncing = false;
  }

  /** Puts every card where the definition has it. */
  sync(boxes: Boxes): void {
    this.quietly(() => {
      this.grid.batchUpdate(true);
      for (const node of [...this.grid.engine.nodes]) if (node.el && !this.element.contains(node.el)) this.grid.removeWidget(node.el, false, false);
      const items = [...this.element.querySelectorAll<GridItemHTMLElement>("[data-card]")];
      const wrong = items.filter((item) => !stands(item, boxes.get(item.dataset.card ?? "")));
      wrong.forEach((item, number) => item.gridstackNode && this.grid.update(item, { y: ASIDE * (number + 1) }));
      for (const item of wrong) this.place(item, boxes.get(item.dataset.card ?? ""));
      this.grid.batchUpdate(false);
    });
  }

  private place(item: GridItemHTMLElement, box: Box | undefined): void {
    if (!box) return;
    const place = { x: box.x, y: box.y, w: box.width, h: box.height };
    if (item.gridstackNode) this.grid.update(item, place);
    else this.grid.makeWidget(item, place);
  }

  destroy(): void {
    this.grid.destroy(false);
  }
}

function boxOf({ x = 0, y = 0, w = 1, h = 1 }: GridStackNode): Box {
  return { x, y, width: w, height: h };
}

function stands(item: GridItemHTMLElement, box: Box | undefined): boolean {
  const node = item.gridstackNode;
  return !!node && !!box && node.x === box.x && node.y === box.y && (node.w ?? 1) === box.width && (node.h ?? 1) === box.height;
}

/** What is under the hand on the way from the palette; the grid is given this one, so it says what it stands for. */
function ghost(item: HTMLElement): HTMLElement {
  const made = Object.assign(document.createElement("div"), { className: "board-ghost", textContent: item.textContent?.trim() ?? "" });
  made.dataset.item = item.dataset.item ?? "";
  return made;
}
