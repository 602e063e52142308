// The words of the expression language, as an editor colours them. It judges nothing: the server does.
export type Kind = "keyword" | "value" | "text" | "number" | "date" | "function" | "name" | "operator" | "bracket" | "space" | "wrong";

export interface Token {
  kind: Kind;
  text: string;
}

const KEYWORDS = new Set(["and", "or", "not", "in", "is", "between", "blank"]);
const VALUES = new Set(["true", "false", "null"]);

/** In this order: a date before a name, for both may begin with a letter d. */
const SHAPES: [Kind, RegExp][] = [
  ["space", /^\s+/u],
  ["date", /^d'[^']*'?/iu],
  ["text", /^(?:'(?:[^']|'')*'?|"(?:[^"]|"")*"?)/u],
  ["number", /^\d+(?:\.\d+)?\s*[%％]?/u],
  ["name", /^[\p{L}_][\p{L}\p{N}_]*/u],
  ["operator", /^(?:<=|>=|!=|<>|==|\?\?|？？|[=<>≤≥≠＝＜＞&＆+＋\-－−*×＊/÷／.])/u],
  ["bracket", /^[()（）[\]【】,，]/u],
];

/** The first token of a text that is not empty. */
export function token(text: string): Token {
  for (const [kind, shape] of SHAPES) {
    const found = shape.exec(text)?.[0];
    if (found) return { kind: kind === "name" ? named(found, text.slice(found.length)) : kind, text: found };
  }
  return { kind: "wrong", text: [...text][0] ?? "" };
}

function named(word: string, after: string): Kind {
  const small = word.toLowerCase();
  if (KEYWORDS.has(small)) return "keyword";
  if (VALUES.has(small)) return "value";
  return /^\s*[(（]/u.test(after) ? "function" : "name";
}

export function tokens(text: string): Token[] {
  const found: Token[] = [];
  for (let rest = text; rest; ) {
    const next = token(rest);
    found.push(next);
    rest = rest.slice(next.text.length);
  }
  return found;
}

/** The function that help is wanted about at a position: the one named there, else the call around it. */
export function functionAt(text: string, position: number): string | undefined {
  const calls: string[] = [];
  let start = 0;
  let last = "";
  for (const each of tokens(text)) {
    const end = start + each.text.length;
    if (each.kind === "function" && start <= position && position <= end) return each.text.toLowerCase();
    if (start >= position) break;
    if (/^[([（【]$/u.test(each.text)) calls.push(last);
    if (/^[)\]）】]$/u.test(each.text)) calls.pop();
    if (each.kind !== "space") last = each.kind === "function" ? each.text.toLowerCase() : "";
    start = end;
  }
  return calls.filter(Boolean).at(-1);
}
