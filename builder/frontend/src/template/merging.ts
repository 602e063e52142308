// Texts with expressions in them, `Dear {{ name }}`: taken apart for the canvas, and with a field put in.

export interface Piece {
  text: string;
  merged: boolean;
}

const OPEN = "{{";
const CLOSE = "}}";

/** Where the braces close; those in a quoted text do not. -1 where they stay open. */
function closing(text: string, from: number): number {
  let quoted = "";
  for (let place = from; place < text.length; place++) {
    const char = text.charAt(place);
    if (quoted) quoted = char === quoted ? "" : quoted;
    else if (char === "'" || char === '"') quoted = char;
    else if (text.startsWith(CLOSE, place)) return place;
  }
  return -1;
}

/** Plain texts and expressions in turn; braces that are not closed are left as they are, the check tells of them. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let place = 0;
  for (let open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, place)) {
    const closed = closing(text, open + OPEN.length);
    if (closed < 0) break;
    if (open > place) found.push({ text: text.slice(place, open), merged: false });
    found.push({ text: text.slice(open + OPEN.length, closed).trim(), merged: true });
    place = closed + CLOSE.length;
  }
  if (place < text.length) found.push({ text: text.slice(place), merged: false });
  return found;
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
