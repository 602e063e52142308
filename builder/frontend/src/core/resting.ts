// A finger on something that can be pulled: one that rests pulls, one that taps chooses, one that moves at once scrolls.
import { CARRYING } from "./sorting";

/** Marks what a finger holds. */
const HELD = "data-held";

export interface Answers {
  held(): void;
  tapped(): void;
}

export function rest(down: PointerEvent, element: Element, answers: Answers): void {
  const isFar = (event: PointerEvent) => Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > (CARRYING.touchStartThreshold ?? 0);
  const follow = (event: PointerEvent) => isFar(event) && stop();
  const letGo = () => {
    if (!element.hasAttribute(HELD)) answers.tapped();
    stop();
  };
  const stop = () => {
    clearTimeout(timer);
    element.removeAttribute(HELD);
    window.removeEventListener("pointermove", follow);
    window.removeEventListener("pointerup", letGo);
    window.removeEventListener("pointercancel", stop);
  };
  const timer = setTimeout(() => {
    window.removeEventListener("pointermove", follow);
    element.setAttribute(HELD, "");
    answers.held();
  }, CARRYING.delay);
  window.addEventListener("pointermove", follow);
  window.addEventListener("pointerup", letGo);
  window.addEventListener("pointercancel", stop);
}

/** For `touchmove` of what is around it: the page stays where it is while a finger holds something. */
export function heldBack(event: TouchEvent): void {
  if ((event.currentTarget as Element).querySelector(`[${HELD}]`)) event.preventDefault();
}
