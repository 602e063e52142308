// Which entities the diagram shows: those of an app, those that are searched for; the engine's own when asked for.
import type { Graph } from "./layout";

export interface Wish {
  app: string;
  text: string;
  system: boolean;
}

export function shown({ cards, lines }: Graph, { app, text, system }: Wish): Graph {
  const wanted = text.trim().toLowerCase();
  const fits = cards.filter((card) => (system || !card.system) && (!app || card.apps.includes(app) || ownedBy(lines, cards, card.name, app)) && `${card.label} ${card.name}`.toLowerCase().includes(wanted));
  const names = new Set(fits.map((card) => card.name));
  return { cards: fits, lines: lines.filter((line) => names.has(line.source) && names.has(line.target)) };
}

/** Lines of a record stand in no menu; they belong to the app of the record. */
function ownedBy(lines: Graph["lines"], cards: Graph["cards"], name: string, app: string): boolean {
  return lines.some((line) => line.target === name && line.ends[0] === "1" && cards.some((card) => card.name === line.source && card.apps.includes(app)));
}
