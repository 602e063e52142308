// Texts with expressions in them, `Dear {{ name }}`: taken apart for the canvas, and with a field put in.

export interface Piece {
  text: string;
  merged: boolean;
}

const OPEN = "{{";
const CLOSE = "}}";
export const BOLD = "**";

/** Where the braces close; those in a quoted text do not. -1 where they stay open, up to the next that open. */
function closing(text: string, from: number): number {
  let quoted = "";
  for (let place = from; place < text.length; place++) {
    const char = text.charAt(place);
    if (quoted) quoted = char === quoted ? "" : quoted;
    else if (char === "'" || char === '"') quoted = char;
    else if (text.startsWith(CLOSE, place)) return place;
    else if (text.startsWith(OPEN, place)) return -1;
  }
  return -1;
}

/** An expression in its braces: where they open and where they are closed. */
export interface Span {
  from: number;
  to: number;
  expression: string;
}

/** The expressions of a text; braces that are not closed are none, the check tells of them. */
export function spans(text: string): Span[] {
  const found: Span[] = [];
  let place = 0;
  for (let from = text.indexOf(OPEN); from >= 0; from = text.indexOf(OPEN, place)) {
    const closed = closing(text, from + OPEN.length);
    place = closed < 0 ? from + OPEN.length : closed + CLOSE.length;
    if (closed >= 0) found.push({ from, to: place, expression: text.slice(from + OPEN.length, closed).trim() });
  }
  return found;
}

/** Plain texts and expressions in turn. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let place = 0;
  for (const { from, to, expression } of spans(text)) {
    if (from > place) found.push({ text: text.slice(place, from), merged: false });
    found.push({ text: expression, merged: true });
    place = to;
  }
  if (place < text.length) found.push({ text: text.slice(place), merged: false });
  return found;
}

/** Where bold type begins and ends, its signs with it; without an end it goes on to that of the text. */
export function bolds(text: string): { from: number; to: number }[] {
  const inside = spans(text);
  const signs = [...text.matchAll(/\*\*/g)].map((each) => each.index).filter((at) => !inside.some((each) => at >= each.from && at < each.to));
  return signs.flatMap((from, number) => (number % 2 ? [] : [{ from, to: (signs[number + 1] ?? text.length) + (number + 1 < signs.length ? BOLD.length : 0) }]));
}

/** The word that is being written inside of braces, from where it begins; null outside of them. */
export function wordAt(text: string, at: number): { from: number; word: string } | null {
  const open = text.lastIndexOf(OPEN, at - OPEN.length);
  if (open < 0) return null;
  const closed = closing(text, open + OPEN.length);
  if (closed >= 0 && closed < at) return null;
  const word = /[\p{L}\p{N}_.]*$/u.exec(text.slice(open + OPEN.length, at))?.[0] ?? "";
  return { from: at - word.length, word };
}

/** Lines and expressions of a text: where their number changes, a step of typing is at its end. */
export function beat(text: string): string {
  return `${text.split("\n").length} ${spans(text).length}`;
}

/** The first part of a chain of `??`: the field that people mean. */
export function meant(expression: string): string {
  return expression.split("??")[0]?.trim() ?? expression;
}

/** The text with a field at a place, and the place behind it. */
export function withField(text: string, at: number, path: string): { text: string; at: number } {
  const place = Math.max(0, Math.min(at, text.length));
  const before = text.slice(0, place);
  const space = /[\w)\]]$/.test(before) ? " " : "";
  const field = `${space}${OPEN} ${path} ${CLOSE}`;
  return { text: before + field + text.slice(place), at: place + field.length };
}
