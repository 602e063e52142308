// Stages of a pipeline: which are open and which are ends, and the tone that each is shown in.
import { put, type Definition } from "../core/json";
import { inOrder } from "../core/orders";
import { STAGES } from "./moves";

export const OUTCOMES = ["open", "won", "lost", "invalid"] as const;
export type Outcome = (typeof OUTCOMES)[number];
const SHADES = 4;

export function outcomeOf(stage: Definition): Outcome {
  return OUTCOMES.find((each) => each === stage.outcome) ?? "open";
}

/** Names of the open stages and of the ends, each in order. */
export function parted(pipeline: Definition): { open: string[]; ends: string[] } {
  const all = inOrder(pipeline[STAGES]);
  const are = (isOpen: boolean) => all.filter(([, each]) => (outcomeOf(each) === "open") === isOpen).map(([name]) => name);
  return { open: are(true), ends: are(false) };
}

/** The class of a stage's dot, as the pages of work draw it: open ones grow deeper, won is green, lost is grey. */
export function toneOf(stage: Definition, at: number, of: number): string {
  if (typeof stage.colour === "string") return `tint-${stage.colour}`;
  const outcome = outcomeOf(stage);
  if (outcome !== "open") return outcome === "won" ? "stage-won" : "stage-lost";
  return of <= 1 ? `stage-${SHADES}` : `stage-${1 + Math.round((at * (SHADES - 1)) / (of - 1))}`;
}

/** A new stage as it usually is: an end has its chance, an open one lies between its neighbours. */
export function newStage(outcome: Outcome): Definition {
  const labels = {
    open: { en: "New stage", zh: "新阶段" },
    won: { en: "Won", zh: "赢单" },
    lost: { en: "Lost", zh: "输单" },
    invalid: { en: "Invalid", zh: "无效" },
  };
  return { label: labels[outcome], ...(outcome === "open" ? {} : { outcome, probability: outcome === "won" ? "1" : "0" }) };
}

/** A stage that ends otherwise than before; its chance goes along where it is an end. */
export function ending(stage: Definition, outcome: Outcome): Definition {
  const other = put(stage, ["outcome"], outcome === "open" ? undefined : outcome) as Definition;
  return outcome === "open" ? (put(other, ["probability"], undefined) as Definition) : { ...other, probability: outcome === "won" ? "1" : "0" };
}
