// <sartor-board>: lanes of cards. Arrows choose a card, M picks it up, ← → carry it, Enter drops, Escape puts it back;
// the mouse drags (SortableJS); on phones each card has a menu of stages.
//
// A move is POSTed to the card's `data-move` with `If-Match: "<data-version>"` and the fields `to` (lane), `after` and
// `before` (ids of the new neighbours, may be empty). The answer is JSON: `Moved` on 200; a problem document otherwise,
// and the card goes back with its message.
import { all, isTyping, moveFocus } from "@ui/dom";
import { dragCards } from "./board_drag";
import { Carry } from "./board_carry";
import { laneOf, type Place } from "./board_place";
import { openStages } from "./board_stages";
import { ask, refuse } from "@ui/net";
import { openPeek, peekIsOpen } from "./peek";
import { process } from "@ui/process";
import { toast } from "@ui/toast";
import { say } from "@ui/words";

interface Moved {
  card: string;
  lanes: Record<string, { count: string; total?: string; sub?: string }>;
  totals?: [string, string][];
  message?: string;
}

export class SartorBoard extends HTMLElement {
  private carry = new Carry(this);

  connectedCallback(): void {
    this.addEventListener("keydown", this.onKey);
    this.addEventListener("click", (event) => this.onClick(event));
    this.addEventListener("focusin", (event) => this.settle((event.target as Element).closest<HTMLElement>("[data-stop]")));
    dragCards(this);
    this.settle(null);
  }

  get lanes(): HTMLElement[] {
    return all("[data-lane]", this);
  }

  get cards(): HTMLElement[] {
    return all("[data-stop]", this);
  }

  private settle(card: HTMLElement | null): void {
    const cards = this.cards;
    const stop = card ?? cards.find((each) => each.tabIndex === 0) ?? cards[0];
    for (const each of cards) each.tabIndex = each === stop ? 0 : -1;
  }

  focusCard(card: HTMLElement | undefined): void {
    if (card) moveFocus(card, this.cards);
  }

  private onKey = (event: KeyboardEvent): void => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const card = (event.target as Element).closest<HTMLElement>("[data-stop]");
    if (!card || this.carry.key(event, card)) return;
    if (event.target !== card) return;
    if (event.key === "Enter") card.querySelector<HTMLElement>("a.name")?.click();
    else if (event.key === " ") void openPeek(card);
    else if (!this.walk(event.key, card)) return;
    event.preventDefault();
  };

  /** Up and down within the lane, left and right to the nearest card of the next lane that has any. */
  private walk(key: string, card: HTMLElement): boolean {
    const lane = laneOf(card);
    const here = all("[data-stop]", lane);
    const at = here.indexOf(card);
    const across = { ArrowLeft: -1, ArrowRight: 1 }[key];
    const down = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[key];
    if (down) this.focusCard(here[at + down]);
    if (across) {
      const lanes = this.lanes.filter((each) => each.querySelector("[data-stop]"));
      const there = lanes[lanes.indexOf(lane) + across];
      const cards = there ? all("[data-stop]", there) : [];
      this.focusCard(cards[Math.min(at, cards.length - 1)]);
    }
    if ((down || across) && peekIsOpen()) void openPeek(document.activeElement as HTMLElement);
    return Boolean(down || across);
  }

  private onClick(event: Event): void {
    const target = event.target as Element;
    const menu = target.closest<HTMLElement>("[data-stage-menu]");
    if (menu) openStages(this, menu.closest("[data-card]") as HTMLElement);
  }

  /** Sends the move of a card that already stands at its new place; puts it back if it is refused. */
  async moved(item: HTMLElement, from: Place): Promise<void> {
    const card = item.querySelector<HTMLElement>("[data-move]");
    const lane = laneOf(item);
    if (!card?.dataset.move || (from.list === item.parentElement && from.before === item.nextElementSibling)) return;
    const neighbour = (which: Element | null) => (which as HTMLElement | null)?.dataset.card ?? "";
    const body = new URLSearchParams({ to: lane.dataset.lane ?? "", after: neighbour(item.previousElementSibling), before: neighbour(item.nextElementSibling) });
    const headers = { "If-Match": `"${card.dataset.version ?? ""}"`, Accept: "application/json" };
    item.setAttribute("aria-busy", "true");
    const answer = await ask(card.dataset.move, { method: "POST", body, headers });
    item.removeAttribute("aria-busy");
    if (answer?.ok) return this.accept(item, (await answer.json()) as Moved);
    this.carry.letGo(item);
    this.putBack(item, from);
    if (answer) await refuse(answer);
  }

  putBack(item: HTMLElement, from: Place): void {
    from.list.insertBefore(item, from.before?.parentElement === from.list ? from.before : null);
    this.focusCard(item.querySelector<HTMLElement>("[data-stop]") ?? undefined);
  }

  private accept(item: HTMLElement, answer: Moved): void {
    const had = item.contains(document.activeElement) || document.activeElement === document.body;
    const title = item.querySelector(".name")?.textContent ?? "";
    const lane = laneOf(item);
    const box = document.createElement("div");
    box.innerHTML = answer.card;
    const fresh = box.querySelector<HTMLElement>("[data-card]");
    if (fresh) {
      item.replaceWith(fresh);
      this.carry.renewed(item, fresh);
      process(fresh);
      if (had) this.focusCard(fresh.querySelector<HTMLElement>("[data-stop]") ?? undefined);
    }
    this.count(answer);
    toast(answer.message ?? say("dropped", { title, lane: lane.dataset.title ?? "" }), "good");
  }

  private count(answer: Moved): void {
    for (const [key, said] of Object.entries(answer.lanes)) {
      const lane = this.querySelector(`[data-lane="${CSS.escape(key)}"]`);
      const set = (selector: string, text?: string) => {
        const place = lane?.querySelector(selector);
        if (place && text !== undefined) place.textContent = text;
      };
      set("[data-lane-count]", said.count);
      set("[data-lane-total]", said.total);
      set("[data-lane-sub]", said.sub);
    }
    const values = all("[data-totals] b");
    answer.totals?.forEach(([, text], index) => { if (values[index]) values[index].textContent = text; });
  }
}

customElements.define("sartor-board", SartorBoard);
