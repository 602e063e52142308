// Buttons that move and size a card: what dragging does, one step at a time, for a finger or without a pointer.
import { html, type TemplateResult } from "lit";
import { icon } from "@ui/dom";
import { say } from "@ui/words";

/** sizes: it makes the card wider or higher instead of moving it. */
export interface Act {
  sizes: boolean;
  dx: number;
  dy: number;
}

export const STEPS: Record<string, { dx: number; dy: number }> = {
  ArrowLeft: { dx: -1, dy: 0 },
  ArrowRight: { dx: 1, dy: 0 },
  ArrowUp: { dx: 0, dy: -1 },
  ArrowDown: { dx: 0, dy: 1 },
};

interface Button {
  name: string;
  icon: string;
  act: Act;
}

const MOVES: Button[] = [
  { name: "left", icon: "arrow-left", act: { sizes: false, dx: -1, dy: 0 } },
  { name: "right", icon: "arrow-right", act: { sizes: false, dx: 1, dy: 0 } },
  { name: "earlier", icon: "arrow-up", act: { sizes: false, dx: 0, dy: -1 } },
  { name: "later", icon: "arrow-down", act: { sizes: false, dx: 0, dy: 1 } },
];
const SIZES: Button[] = [
  { name: "narrower", icon: "arrow-bar-to-left", act: { sizes: true, dx: -1, dy: 0 } },
  { name: "wider", icon: "arrow-bar-to-right", act: { sizes: true, dx: 1, dy: 0 } },
  { name: "lower", icon: "arrow-bar-to-up", act: { sizes: true, dx: 0, dy: -1 } },
  { name: "higher", icon: "arrow-bar-to-down", act: { sizes: true, dx: 0, dy: 1 } },
];

export function placing(label: string, act: (what: Act) => void): TemplateResult {
  const button = ({ name, icon: sign, act: what }: Button) =>
    html`<button type="button" class="btn btn-default btn-icon" data-place=${name} aria-label=${say(`build_place_${name}`, { label })} title=${say(`build_place_${name}`, { label })} @click=${() => act(what)}>${icon(sign)}</button>`;
  return html`<fieldset><legend>${say("build_place")}</legend><div class="row-flex wrap" role="group" aria-label=${say("build_moving")}>${MOVES.map(button)}</div>
    <div class="row-flex wrap" role="group" aria-label=${say("build_size")}>${SIZES.map(button)}</div></fieldset>`;
}
