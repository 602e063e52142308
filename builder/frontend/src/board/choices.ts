// The fields that a dashboard can be filtered by: those with choices of what its cards show. The server knows them.
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { ask } from "@ui/net";
import { say } from "@ui/words";
import { at, isObject, put, type Definition } from "../core/json";
import { free } from "../core/labels";
import { inOrder, placed } from "../core/orders";
import type { Filter } from "./trying";

const LOWEST = "L1";

/** The chosen fields as `entity.field`, in their order. */
export function chosenFields(board: Definition): string[] {
  return inOrder(at(board, ["filter_fields"])).map(([, part]) => `${String(part.entity)}.${String(part.field)}`);
}

/** The board with a field among its filters, or without it. level: of the field, where the board's own is lower. */
export function withField(board: Definition, name: string, on: boolean, level = LOWEST): Definition {
  const choices = isObject(board.filter_fields) ? board.filter_fields : {};
  const [entity = "", field = ""] = name.split(".");
  if (on) return put(board, ["filter_fields"], placed(choices, free(field, Object.keys(choices)), levelled({ entity, field }, level, board), Infinity)) as Definition;
  const rest = Object.entries(choices).filter(([, part]) => isObject(part) && `${String(part.entity)}.${String(part.field)}` !== name);
  return put(board, ["filter_fields"], rest.length ? Object.fromEntries(rest) : undefined) as Definition;
}

/** A part with the level of what it refers to: a board may show what stands above its own level, from that level on. */
export function levelled(part: Definition, level: string, board: Definition): Definition {
  return put(part, ["level"], level > String(board.level ?? LOWEST) ? level : undefined) as Definition;
}

/** What is tried, as an address says it: fields go together. */
export function asSaid(tried: Definition): Definition {
  const fields = Object.entries(tried).filter(([name]) => name.includes("."));
  const rest = Object.fromEntries(Object.entries(tried).filter(([name]) => !name.includes(".")));
  return fields.length ? { ...rest, choices: fields.map(([name, value]) => `${name}=${String(value)}`).join(";") } : rest;
}

export class FieldFilters extends EventTarget {
  offered: Filter[] = [];
  private targets = "";

  constructor(private url: () => string) {
    super();
  }

  /** Asks again once the cards show something else. */
  follow(board: Definition): void {
    const cards = isObject(board.cards) ? Object.values(board.cards) : [];
    const targets = [...new Set(cards.map((card) => (isObject(card) ? String(card.target ?? "") : "")).filter(Boolean))].sort();
    if (targets.join() === this.targets) return;
    this.targets = targets.join();
    void this.look(targets);
  }

  private async look(targets: string[]): Promise<void> {
    const answer = await ask(`${this.url()}?${new URLSearchParams(targets.map((each) => ["target", each]))}`);
    if (!answer?.ok || targets.join() !== this.targets) return;
    this.offered = (await answer.json()) as Filter[];
    this.dispatchEvent(new Event("told"));
  }
}

/** The field of a filter that is chosen: its own, or one that says the same. */
export function chosenOf(filter: Filter, chosen: string[]): string | undefined {
  return [filter.name, ...(filter.same ?? [])].find((each) => chosen.includes(each));
}

type Tick = (name: string, on: boolean) => void;

function ticks(words: string, rows: { name: string; label: string; on: boolean }[], tick: Tick): TemplateResult | typeof nothing {
  if (!rows.length) return nothing;
  return html`<fieldset data-choices><legend>${say(words)}</legend>
    <div class="tick-list">${rows.map(({ name, label, on }) => html`<label class="check"><input type="checkbox" class="form-check-input" data-choice=${name} .checked=${live(on)} @change=${(event: Event) => tick(name, (event.target as HTMLInputElement).checked)}>${label}</label>`)}</div>
    <span class="hint">${say(`${words}_hint`)}</span></fieldset>`;
}

/** The fields to be ticked; one that no card shows any more can still be taken out. */
export function fieldTicks(offered: Filter[], chosen: string[], tick: Tick): TemplateResult {
  const known = new Set(offered.flatMap((each) => [each.name, ...(each.same ?? [])]));
  const row = (each: Filter) => ({ name: chosenOf(each, chosen) ?? each.name, label: each.label, on: chosenOf(each, chosen) !== undefined });
  const lost = chosen.filter((name) => !known.has(name)).map((name) => ({ name, label: name, on: true }));
  return html`${ticks("build_board_records", offered.filter((each) => each.records).map(row), tick)}
    ${ticks("build_board_choices", [...offered.filter((each) => !each.records).map(row), ...lost], tick)}`;
}
