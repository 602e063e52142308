// The part of the diagram that is seen: dragged by its ground, zoomed by wheel, fingers and keys.
import type { Layout, Spot } from "./layout";

export interface Part {
  x: number;
  y: number;
  scale: number;
}

const LEAST = 0.25;
const MOST = 2;
const STEP = 1.25;
const MARGIN = 24;

/** Tells `moved` when another part is to be drawn, `slid` while what is drawn is only pushed about. */
export class Window extends EventTarget {
  part: Part = { x: 0, y: 0, scale: 1 };
  /** How far it has been pushed by a hand that still holds it. */
  slide: Spot = { x: 0, y: 0 };
  private fingers = new Map<number, Spot>();

  /** The whole diagram, but no card larger than it is drawn, nor smaller than `least`: then its upper middle. */
  fit(layout: Layout, width: number, height: number, least = LEAST): void {
    const scale = Math.max(least, Math.min(1, (width - MARGIN) / layout.width, (height - MARGIN) / layout.height));
    const beyond = layout.height - height / scale;
    this.part = { scale, x: (layout.width - width / scale) / 2, y: scale === least && beyond > 0 ? -MARGIN : beyond / 2 };
    this.tell();
  }

  /** Larger or smaller around a point of the screen. */
  zoom(factor: number, at: Spot): void {
    this.settle();
    const { x, y, scale } = this.part;
    const next = Math.max(LEAST, Math.min(MOST, scale * factor));
    this.part = { scale: next, x: x + at.x / scale - at.x / next, y: y + at.y / scale - at.y / next };
    this.tell();
  }

  step(isNearer: boolean, width: number, height: number): void {
    this.zoom(isNearer ? STEP : 1 / STEP, { x: width / 2, y: height / 2 });
  }

  move(dx: number, dy: number): void {
    const { x, y, scale } = this.part;
    this.part = { scale, x: x - dx / scale, y: y - dy / scale };
    this.tell();
  }

  /** Brings a place into sight. */
  reveal(spot: Spot, size: { width: number; height: number }, width: number, height: number): void {
    const { x, y, scale } = this.part;
    const into = (start: number, from: number, length: number, room: number) => Math.min(Math.max(start, from + length + MARGIN - room / scale), from - MARGIN);
    this.part = { scale, x: into(x, spot.x, size.width, width), y: into(y, spot.y, size.height, height) };
    this.tell();
  }

  press(event: PointerEvent): void {
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  }

  release(event: PointerEvent): void {
    this.fingers.delete(event.pointerId);
    this.settle();
  }

  /** What was pushed stays where it is. */
  private settle(): void {
    const { x, y } = this.slide;
    if (!x && !y) return;
    this.slide = { x: 0, y: 0 };
    this.move(x, y);
  }

  private push(dx: number, dy: number): void {
    this.slide = { x: this.slide.x + dx, y: this.slide.y + dy };
    this.dispatchEvent(new Event("slid"));
  }

  /** One finger or the mouse moves the ground, two draw it apart. */
  follow(event: PointerEvent, origin: Spot): void {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...this.fingers].find(([id]) => id !== event.pointerId)?.[1];
    this.fingers.set(event.pointerId, now);
    if (!other) return this.push(now.x - before.x, now.y - before.y);
    const far = (one: Spot) => Math.hypot(one.x - other.x, one.y - other.y) || 1;
    this.zoom(far(now) / far(before), { x: (now.x + other.x) / 2 - origin.x, y: (now.y + other.y) / 2 - origin.y });
  }

  private tell(): void {
    this.dispatchEvent(new Event("moved"));
  }
}
