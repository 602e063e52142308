// The choices of a select. Where there are hundreds, a closed one holds only what is chosen; the others come when it is opened.
import { html, type ChildPart, type TemplateResult } from "lit";
import { AsyncDirective } from "lit/async-directive.js";
import { directive } from "lit/directive.js";
import { live } from "lit/directives/live.js";

type Choice = [string, string];

const MANY = 60;
const OPENING = ["pointerdown", "focus"];

class Offered extends AsyncDirective {
  private isOpen = false;
  private select: Node | null = null;
  private last: [Choice[], string] = [[], ""];

  override update(part: ChildPart, last: [Choice[], string]): TemplateResult[] {
    this.last = last;
    if (!this.select) for (const event of OPENING) part.parentNode.addEventListener(event, this.open);
    this.select = part.parentNode;
    return this.render(...last);
  }

  override render(choices: Choice[], now: string): TemplateResult[] {
    const shown = this.isOpen || choices.length <= MANY ? choices : choices.filter(([key]) => key === now);
    return shown.map(([key, text]) => html`<option value=${key} .selected=${live(key === now)}>${text}</option>`);
  }

  private open = (): void => {
    for (const event of OPENING) this.select?.removeEventListener(event, this.open);
    if (this.isOpen) return;
    this.isOpen = true;
    this.setValue(this.render(...this.last));
  };
}

/** `offered(choices, chosen)` as the content of a select. */
export const offered = directive(Offered);
