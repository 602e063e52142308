// Moving a card by keys: M picks it up, ← → carry it to a lane (↑ ↓ within), Enter drops it, Escape puts it back.
// What happens is also said to screen readers.
import type { SartorBoard } from "./board";
import { laneOf, placeOf, type Place } from "./board_place";
import { all } from "@ui/dom";
import { toast } from "@ui/toast";
import { say } from "@ui/words";

export class Carry {
  private item: HTMLElement | null = null;
  private from: Place | null = null;
  private slot: HTMLElement | null = null;

  constructor(private board: SartorBoard) {}

  /** Handles a key while a card is held, or M; tells whether it did. A key that is held down counts once: M would drop
   * the card at once, and Enter would open what it has just dropped. */
  key(event: KeyboardEvent, card: HTMLElement): boolean {
    const key = event.key;
    const takes = key.toLowerCase() === "m" || key === "Enter";
    if (event.repeat && takes) {
      event.preventDefault();
      return true;
    }
    if (!this.item) return key.toLowerCase() === "m" && this.pickUp(card, event);
    event.preventDefault();
    if (key === "Escape") this.putBack();
    else if (key === "Enter" || key.toLowerCase() === "m") this.drop();
    else if (key === "ArrowLeft" || key === "ArrowRight") this.across(key === "ArrowLeft" ? -1 : 1);
    else if (key === "ArrowUp" || key === "ArrowDown") this.along(key === "ArrowUp" ? -1 : 1);
    return true;
  }

  private title(): string {
    return this.item?.querySelector(".name")?.textContent?.trim() ?? "";
  }

  private pickUp(card: HTMLElement, event: Event): boolean {
    const item = card.closest<HTMLElement>("[data-card]");
    if (!item) return false;
    event.preventDefault();
    if (!card.dataset.move) {
      toast(say("not_moved"), "bad");
      return true;
    }
    this.item = item;
    this.hold(item);
    this.tell(say("picked_up", { title: this.title() }));
    return true;
  }

  private hold(item: HTMLElement): void {
    this.from = placeOf(item);
    item.querySelector("[data-stop]")?.classList.add("is-focus");
    document.documentElement.dataset.state = "moving";
  }

  /** The answer to the last move of a card draws it anew: where it was picked up again meanwhile, the new one is held. */
  renewed(item: HTMLElement, fresh: HTMLElement): void {
    if (this.item !== item) return;
    this.item = fresh;
    this.hold(fresh);
  }

  /** The last move of a card that is held was refused, so it goes back to where that began; it is let go. */
  letGo(item: HTMLElement): void {
    if (this.item === item) this.end();
  }

  private across(step: number): void {
    const lanes = this.board.lanes.filter((lane) => lane.dataset.refuses === undefined);
    const now = this.slot ? laneOf(this.slot) : laneOf(this.item as HTMLElement);
    const lane = lanes[lanes.indexOf(now) + step];
    if (!lane) return;
    this.unmark();
    if (lane !== this.from?.list.closest("[data-lane]")) this.open(lane);
    lane.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.tell([say("over", { lane: lane.dataset.title ?? "" }), lane.dataset.needs ?? ""].join(" "));
  }

  /** A dashed slot on top of the lane shows where the card would land, and what the lane asks for. */
  private open(lane: HTMLElement): void {
    lane.classList.add("is-over");
    this.slot = document.createElement("li");
    const inside = document.createElement("div");
    inside.className = "slot";
    inside.append(say("drop_here"));
    if (lane.dataset.needs) inside.append(document.createElement("br"), lane.dataset.needs);
    this.slot.append(inside);
    lane.querySelector("[data-cards]")?.prepend(this.slot);
  }

  private along(step: number): void {
    const place = this.slot ?? this.item;
    const other = step < 0 ? place?.previousElementSibling : place?.nextElementSibling;
    if (!place || !(other as HTMLElement | null)?.dataset.card) return;
    if (step < 0) other?.before(place);
    else other?.after(place);
    this.item?.querySelector<HTMLElement>("[data-stop]")?.focus();
  }

  private drop(): void {
    const { item, from, slot } = this;
    if (!item || !from) return;
    slot?.replaceWith(item);
    this.end();
    this.board.focusCard(item.querySelector<HTMLElement>("[data-stop]") ?? undefined);
    void this.board.moved(item, from);
  }

  private putBack(): void {
    const { item, from } = this;
    if (!item || !from) return;
    this.tell(say("put_back", { title: this.title(), lane: laneOf(from.list).dataset.title ?? "" }));
    this.end();
    this.board.putBack(item, from);
  }

  private unmark(): void {
    this.slot?.remove();
    this.slot = null;
    for (const lane of all("[data-lane].is-over", this.board)) lane.classList.remove("is-over");
  }

  private end(): void {
    this.item?.querySelector(".is-focus")?.classList.remove("is-focus");
    delete document.documentElement.dataset.state;
    this.item = null;
    this.from = null;
    this.unmark();
  }

  private tell(text: string): void {
    let live = document.getElementById("board-says");
    if (!live) {
      live = Object.assign(document.createElement("p"), { id: "board-says", className: "sr" });
      live.setAttribute("aria-live", "assertive");
      this.board.after(live);
    }
    live.textContent = text;
  }
}
