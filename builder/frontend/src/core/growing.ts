// A long list that begins short: the rest is drawn when its end comes into sight, when it is asked for, or when it is walked to.
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from "lit";
import { say } from "@ui/words";

const STEP = 40;

export class Growing implements ReactiveController {
  private limit = STEP;
  private seen: Element | null = null;
  private seenAt = 0;
  private watcher = new IntersectionObserver((found) => found.some((each) => each.isIntersecting) && this.grow(), { rootMargin: "600px" });

  constructor(private host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  /** As many of a list as are drawn now. */
  cut<T>(list: T[]): T[] {
    return list.slice(0, this.limit);
  }

  /** Draws at least so many. */
  reach(count: number): void {
    if (count <= this.limit) return;
    this.limit = count + STEP;
    this.host.requestUpdate();
  }

  grow(): void {
    this.reach(this.limit + 1);
  }

  /** A button for what is not drawn yet, where there is any. */
  more(count: number): TemplateResult | typeof nothing {
    const left = count - this.limit;
    return left > 0 ? html`<button type="button" class="btn btn-quiet" data-grow @click=${() => this.grow()}>${say("build_more_rows", { n: left })}</button>` : nothing;
  }

  hostUpdated(): void {
    const end = this.host.querySelector("[data-grow]");
    if (end === this.seen && this.seenAt === this.limit) return;
    this.watcher.disconnect();
    this.seen = end;
    this.seenAt = this.limit;
    if (end) this.watcher.observe(end);
  }

  hostDisconnected(): void {
    this.watcher.disconnect();
  }
}
