// What is ticked of a long list, first: as it was when the list came into sight, so that nothing moves under the finger.
import type { TemplateResult } from "lit";
import { directive, Directive } from "lit/directive.js";

type Choice = [string, string];

const LONG = 8;

class TickedFirst extends Directive {
  private place = "";
  private turn: string[] = [];

  render(place: string, known: Choice[], now: string[], draw: (choice: Choice) => TemplateResult): TemplateResult[] {
    const isNew = place !== this.place || known.length !== this.turn.length;
    if (isNew) {
      const ticked = known.length > LONG ? known.filter(([name]) => now.includes(name)) : [];
      this.turn = [...ticked, ...known.filter((each) => !ticked.includes(each))].map(([name]) => name);
      this.place = place;
    }
    const texts = new Map(known);
    return this.turn.map((name) => draw([name, texts.get(name) ?? name]));
  }
}

/** `tickedFirst(place, known, now, draw)`: one template for each, in turn. place: tells one list from the next. */
export const tickedFirst = directive(TickedFirst);
