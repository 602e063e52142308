// Standing bars whose names have no room below them, on a phone say, lie down: names are read whole beside their bars.
import type { Figure } from "./figure";

type Part = Record<string, unknown>;

/** Letters of an axis, in pixels; Chinese ones are twice as wide. Beside the bars stands the axis of numbers. */
const LETTER = 6.2;
const BESIDE = 48;
/** On wider pictures bars stand as they were designed. */
const NARROW = 440;
/** More lying bars than that would be thinner than their names are high. */
const MOST = 14;

/** Entries of a legend that may stand below each other; the mark of one, and the edges of a picture, in pixels. */
const IN_ONE_COLUMN = 3;
const MARK = 40;
const EDGES = 24;

const part = (value: unknown): Part => (value && typeof value === "object" ? (value as Part) : {});
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

export function wide(text: string): number {
  return [...text].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) >= 0x2e80 ? 2 * LETTER : LETTER), 0);
}

/** What stands below the bars, cut as the server cut it. */
function names(figure: Figure): string[] {
  const { categoryarray, labelalias } = part(figure.layout?.xaxis);
  return texts(categoryarray).map((name) => String(part(labelalias)[name] ?? name));
}

function needsRoom(figure: Figure, width: number): boolean {
  const found = names(figure);
  const slot = (width - BESIDE) / Math.max(1, found.length);
  return found.length <= MOST && found.some((name) => wide(name) > slot);
}

/** The names beside the bars take width from the legend above them, whose entries would stand in one long column. */
function legendHasRoom(figure: Figure, width: number): boolean {
  if (part(figure.layout).showlegend !== true || figure.data.length <= IN_ONE_COLUMN) return true;
  const left = width - Math.max(...names(figure).map(wide)) - EDGES;
  return left >= 2 * (MARK + Math.max(...figure.data.map((trace) => wide(String(trace.name ?? "")))));
}

/** The figure as it fits into so many pixels; one that may not lie, or has room, stays as it is. */
export function laidDown(figure: Figure, width: number): Figure {
  const layout = part(figure.layout);
  if (part(layout.meta).may_lie !== true || width > NARROW || !needsRoom(figure, width) || !legendHasRoom(figure, width)) return figure;
  const isWritten = figure.data.some((trace) => trace.text !== undefined);
  return {
    data: figure.data.map(({ x, y, ...trace }) => ({ ...trace, orientation: "h", x: y, y: x })),
    layout: { ...layout, xaxis: isWritten ? roomFor(figure.data) : layout.yaxis, yaxis: { ...part(layout.xaxis), autorange: "reversed" } },
  };
}

/** An axis without marks, for the bars say their numbers; beyond the longest there is room for that. */
function roomFor(data: Part[]): Part {
  const heights = data.flatMap((trace) => (Array.isArray(trace.y) ? trace.y.map(Number) : []));
  const [low, high] = [Math.min(0, ...heights), Math.max(0, ...heights)];
  const room = (high - low || 1) * 0.35;
  return { type: "linear", range: [low < 0 ? low - room : 0, high > 0 || low === 0 ? high + room : 0], showticklabels: false, showgrid: false };
}
