// Pulling a line from one card to another, by mouse or finger: let go over another card it asks for a lookup.
import type { Spot } from "./layout";

const FAR = 6;

export interface Pull {
  from: string;
  /** A place of the screen in the diagram. */
  place(event: PointerEvent): Spot;
  line: SVGPathElement | null;
  made(to: string): void;
}

export function pull(down: PointerEvent, { from, place, line, made }: Pull): void {
  const start = place(down);
  let isPulling = false;
  const follow = (event: PointerEvent) => {
    isPulling ||= Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > FAR;
    const end = place(event);
    if (isPulling) line?.setAttribute("d", `M ${start.x} ${start.y} L ${end.x} ${end.y}`);
  };
  const letGo = (event: PointerEvent) => {
    stop();
    const under = document.elementFromPoint(event.clientX, event.clientY)?.closest<SVGGElement>("[data-card]")?.dataset.card;
    if (isPulling && under && under !== from) made(under);
  };
  const stop = () => {
    line?.removeAttribute("d");
    window.removeEventListener("pointermove", follow);
    window.removeEventListener("pointerup", letGo);
    window.removeEventListener("pointercancel", stop);
  };
  window.addEventListener("pointermove", follow);
  window.addEventListener("pointerup", letGo);
  window.addEventListener("pointercancel", stop);
}
