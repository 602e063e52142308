// The cards of a board as people will see them: drawn by the server, and asked for again only when what they show has
// changed. Where a card stands makes no difference to what is in it.
import { debounce } from "@ui/dom";
import { ask } from "@ui/net";
import { isObject, type Definition } from "../core/json";

export interface Drawn {
  html: string;
  /** Whether it is one number. */
  figure: boolean;
}

const LOOK_AFTER = 200;
const HEADERS = { "Content-Type": "application/json" };

function content(card: Definition, filters: Definition): string {
  const { x: _x, y: _y, order: _order, origin: _origin, ...rest } = card;
  return JSON.stringify([rest.target, rest.text, rest.label, rest.width, rest.height, rest.opens, filters]);
}

export class LiveCards extends EventTarget {
  private drawn = new Map<string, Drawn>();
  private of = new Map<string, string>();
  private cards: Definition = {};
  private filters: Definition = {};
  private running: AbortController | undefined;
  private soon = debounce(() => void this.look(), LOOK_AFTER);

  constructor(private url: () => string) {
    super();
  }

  /** What was drawn last for a card; nothing before the first answer. */
  card(name: string): Drawn | undefined {
    return this.drawn.get(name);
  }

  follow(board: Definition, filters: Definition): void {
    if (board.cards === this.cards && filters === this.filters) return;
    const isFirst = !this.of.size;
    this.cards = isObject(board.cards) ? board.cards : {};
    this.filters = filters;
    if (!Object.keys(this.wanted).length) return;
    if (isFirst) void this.look();
    else this.soon();
  }

  private get wanted(): Definition {
    const changed = Object.entries(this.cards).filter(([name, card]) => isObject(card) && this.of.get(name) !== content(card, this.filters));
    return Object.fromEntries(changed);
  }

  private async look(): Promise<void> {
    this.running?.abort();
    this.running = new AbortController();
    const { filters, wanted: cards } = this;
    const answer = await ask(this.url(), { method: "POST", headers: HEADERS, body: JSON.stringify({ cards, filters }), signal: this.running.signal });
    if (!answer?.ok) return;
    const found = (await answer.json()) as Record<string, Drawn>;
    for (const [name, card] of Object.entries(cards)) {
      if (!found[name]) continue;
      this.of.set(name, content(card as Definition, filters));
      this.drawn.set(name, found[name]);
    }
    this.dispatchEvent(new Event("told"));
  }
}
