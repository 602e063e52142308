// <sartor-calendar>: days with records. Arrows choose one, M picks it up, arrows carry it, Enter drops, Escape puts it
// back; the mouse and the finger drag. What is moved is written by PATCH to `api` of the record's `data-moves`, with
// `If-Match`; the page is then drawn anew by the server. The last move can be taken back.
import Sortable from "sortablejs";
import { all, isTyping } from "@ui/dom";
import { ask, refuse } from "@ui/net";
import { toast } from "@ui/toast";
import { daysBetween, shifted, values, type Clock, type Moves } from "./moving";

type Undone = Pick<Moves, "api" | "version" | "said"> & { id: string; title: string };

const dayOf = (place: Element): HTMLElement => place.closest("[data-day]") as HTMLElement;
const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

export class SartorCalendar extends HTMLElement {
  private held: HTMLElement | null = null;
  private from: HTMLElement | null = null;
  private undone: Undone | null = null;

  connectedCallback(): void {
    this.addEventListener("keydown", this.onKey);
    this.addEventListener("click", this.onClick);
    this.setUp();
  }

  private setUp(): void {
    for (const list of all("[data-entries]", this)) this.sortable(list);
    this.settle(null);
  }

  private sortable(list: HTMLElement): void {
    Sortable.create(list, {
      group: "days", draggable: "[data-item]", delay: 180, delayOnTouchOnly: true, animation: 0, sort: false,
      ghostClass: "is-ghost", emptyInsertThreshold: 24,
      onStart: () => { document.documentElement.dataset.state = "moving"; },
      onMove: (event) => {
        this.mark(dayOf(event.to));
        return event.dragged.querySelector("[data-moves]") !== null;
      },
      onEnd: (event) => {
        delete document.documentElement.dataset.state;
        this.mark(null);
        void this.moved(event.item.querySelector("[data-stop]") as HTMLElement, dayOf(event.from), dayOf(event.to));
      },
    });
  }

  private get stops(): HTMLElement[] {
    return all("[data-stop]", this).filter((each) => each.checkVisibility?.() ?? true); // no day of another month on a phone
  }

  private settle(stop: HTMLElement | null): void {
    const first = stop ?? this.stops[0];
    for (const each of this.stops) each.tabIndex = each === first ? 0 : -1;
  }

  private focusOn(stop: HTMLElement | null | undefined): void {
    if (!stop) return;
    this.settle(stop);
    stop.focus();
  }

  private mark(day: HTMLElement | null): void {
    for (const each of all("[data-day]", this)) each.classList.toggle("is-over", each === day);
  }

  private say(word: string, places: Record<string, string> = {}): string {
    const words = JSON.parse(this.dataset.words ?? "{}") as Record<string, string>;
    return (words[word] ?? word).replace(/\{(\w+)\}/g, (_whole, name: string) => places[name] ?? "");
  }

  private tell(text: string): void {
    const live = this.querySelector("[data-says]");
    if (live) live.textContent = text;
  }

  private onClick = (event: Event): void => {
    const target = event.target as Element;
    if (target.closest("[data-undo]")) return void this.undo();
    const stop = target.closest<HTMLElement>("[data-stop]");
    if (stop && !target.closest("a")) stop.querySelector<HTMLElement>("a.name")?.click();
  };

  private onKey = (event: KeyboardEvent): void => {
    const stop = (event.target as Element).closest<HTMLElement>("[data-stop]");
    if (!stop || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const takes = event.key.toLowerCase() === "m" || event.key === "Enter";
    if (event.repeat && takes) event.preventDefault();
    else if (this.held ? this.carry(event.key, takes) : this.choose(event.key, stop)) event.preventDefault();
  };

  private choose(key: string, stop: HTMLElement): boolean {
    if (key.toLowerCase() === "m") this.pickUp(stop);
    else if (key === "Enter") stop.querySelector<HTMLElement>("a.name")?.click();
    else if (key === "ArrowDown" || key === "ArrowRight") this.focusOn(this.stops[this.stops.indexOf(stop) + 1]);
    else if (key === "ArrowUp" || key === "ArrowLeft") this.focusOn(this.stops[this.stops.indexOf(stop) - 1]);
    else return false;
    return true;
  }

  private pickUp(stop: HTMLElement): void {
    if (!stop.dataset.moves) return toast(this.say("fixed"), "bad");
    this.held = stop;
    this.from = dayOf(stop);
    stop.classList.add("is-focus");
    document.documentElement.dataset.state = "moving";
    this.tell(this.say("picked", { title: this.called(stop) }));
  }

  private carry(key: string, takes: boolean): boolean {
    const { held, from } = this;
    if (!held || !from) return false;
    if (STEPS[key]) this.step(held, STEPS[key]);
    else if (takes) {
      const to = dayOf(held);
      this.letGo();
      void this.moved(held, from, to);
    } else if (key === "Escape") {
      this.letGo();
      this.putBack(held, from);
      this.tell(this.say("back", { title: this.called(held) }));
    } else return false;
    return true;
  }

  private step(held: HTMLElement, days: number): void {
    const day = this.querySelector<HTMLElement>(`[data-day="${shifted(dayOf(held).dataset.day ?? "", days)}"]`);
    if (!day) return;
    day.querySelector("[data-entries]")?.append(held.closest("[data-item]") as HTMLElement);
    this.mark(day);
    held.focus();
    day.scrollIntoView({ block: "nearest" });
    this.tell(this.say("over", { day: day.dataset.label ?? "" }));
  }

  private letGo(): void {
    this.held?.classList.remove("is-focus");
    this.held = this.from = null;
    delete document.documentElement.dataset.state;
    this.mark(null);
  }

  private putBack(stop: HTMLElement, from: HTMLElement): void {
    from.querySelector("[data-entries]")?.append(stop.closest("[data-item]") as HTMLElement);
    this.focusOn(stop);
  }

  private called(stop: HTMLElement): string {
    return stop.querySelector(".name")?.textContent?.trim() ?? "";
  }

  /** Writes a record that already stands on its new day; puts it back if that is refused. */
  private async moved(stop: HTMLElement, from: HTMLElement, to: HTMLElement): Promise<void> {
    const days = daysBetween(from.dataset.day ?? "", to.dataset.day ?? "");
    if (!stop.dataset.moves || !days) return;
    const moves = JSON.parse(stop.dataset.moves) as Moves;
    const fresh = await this.write(moves, values(moves, days, JSON.parse(this.dataset.clock ?? "[]") as Clock));
    if (fresh === null) return this.putBack(stop, from);
    const [id, title] = [stop.dataset.id ?? "", this.called(stop)];
    this.undone = { ...moves, version: fresh, id, title };
    await this.redraw(id);
    toast(this.say("moved", { title, day: to.dataset.label ?? "" }), "good");
  }

  private async undo(): Promise<void> {
    const last = this.undone;
    this.undone = null;
    if (!last || (await this.write(last, last.said)) === null) return this.showUndo();
    await this.redraw(last.id);
    toast(this.say("back", { title: last.title }), "good");
  }

  /** The record's version after it; null where it was refused, and said so. */
  private async write(to: Pick<Moves, "api" | "version">, sent: Record<string, string | null>): Promise<string | null> {
    const headers = { "If-Match": `"${to.version}"`, "Content-Type": "application/json", Accept: "application/json" };
    const answer = await ask(to.api, { method: "PATCH", body: JSON.stringify(sent), headers });
    if (answer?.ok) return (answer.headers.get("ETag") ?? "").replace(/^W\/|"/g, "");
    if (answer) await refuse(answer);
    return null;
  }

  /** What stands on which day is the server's to say: times, other days of the same record, what there is room for. */
  private async redraw(id: string): Promise<void> {
    const answer = await ask(location.href, { headers: { "HX-Request": "false" } });
    const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    const fresh = page?.querySelector("sartor-calendar");
    if (!fresh) return location.reload();
    this.replaceChildren(...fresh.children);
    this.setUp();
    this.showUndo();
    this.focusOn(this.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`));
  }

  private showUndo(): void {
    const button = this.querySelector<HTMLElement>("[data-undo]");
    if (button) button.hidden = this.undone === null;
  }
}

customElements.define("sartor-calendar", SartorCalendar);
