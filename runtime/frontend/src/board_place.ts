// Where a card stands on the board.

/** Enough to put a card back when its move is refused. */
export interface Place {
  list: HTMLElement;
  before: Element | null;
}

export const placeOf = (item: HTMLElement): Place => ({ list: item.parentElement as HTMLElement, before: item.nextElementSibling });
export const laneOf = (element: Element): HTMLElement => element.closest("[data-lane]") as HTMLElement;
