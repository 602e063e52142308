// What the canvas shows of records: asked anew a moment after each edit; an answer that came too late is not shown.
import { debounce } from "@ui/dom";
import { ask } from "@ui/net";
import { same, type Definition } from "../core/json";

export interface Shown {
  key: string;
  is_there: boolean;
  is_number: boolean;
  total: string;
  /** The colours of its stages or choices, by what is read of them. */
  dots: Record<string, string>;
}

export interface Lane {
  label: string;
  count: string;
  /** The colour of the stage or choice; empty for none. */
  dot: string;
  cards: string[][];
  /** The colour of each card by the view's conditions; empty for none. */
  tints: string[];
}

export interface Live {
  columns: Shown[];
  rows: string[][];
  /** The colour of each row by the view's conditions; empty for none. */
  tints: string[];
  /** The heading above each row where a group begins; empty elsewhere, none at all in a list without groups. */
  groups: string[];
  lanes: Lane[];
  /** The whole as the type of the view draws it; empty where it does not. */
  drawn: string;
  count: string;
  filter: { lead: string; value: string; tail: string }[];
  notes: string[];
}

const LOOK_AFTER = 200;

export class Looker<Told = Live> extends EventTarget {
  live: Told | null = null;
  /** The definition that is shown. */
  of: Definition = {};
  private wanted: Definition = {};
  private running: AbortController | undefined;
  private soon = debounce(() => void this.look(), LOOK_AFTER);

  constructor(private url: () => string) {
    super();
  }

  follow(view: Definition): void {
    if (same(view, this.wanted)) return;
    const isFirst = !Object.keys(this.wanted).length;
    this.wanted = view;
    if (isFirst) void this.look();
    else this.soon();
  }

  /** Shows the same definition once more: another part of its records. */
  again(): void {
    void this.look();
  }

  private async look(): Promise<void> {
    this.running?.abort();
    this.running = new AbortController();
    const asked = this.wanted;
    const answer = await ask(this.url(), { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(asked), signal: this.running.signal });
    if (!answer?.ok || asked !== this.wanted) return;
    this.live = (await answer.json()) as Told;
    this.of = asked;
    this.dispatchEvent(new Event("told"));
  }
}
