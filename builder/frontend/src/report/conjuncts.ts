// A filter as conditions that all have to hold: taken apart at the `and`s outside of brackets and quotes, and put together.

interface Word {
  text: string;
  start: number;
  end: number;
}

/** The words of a text that stand outside brackets and quotes. */
function outside(text: string): Word[] {
  const found: Word[] = [];
  let depth = 0;
  for (const part of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[()[\]]|\w+/g)) {
    if ("([".includes(part[0])) depth += 1;
    else if (")]".includes(part[0])) depth -= 1;
    else if (depth === 0 && /^\w/.test(part[0])) found.push({ text: part[0].toLowerCase(), start: part.index, end: part.index + part[0].length });
  }
  return found;
}

/** The conditions of a filter; one that reads `or` is one condition. The `and` of `between … and …` parts nothing. */
export function conjuncts(text: string): string[] {
  const words = outside(text);
  if (words.some((each) => each.text === "or")) return [text.trim()];
  const parts: string[] = [];
  let start = 0;
  let open = 0;
  for (const word of words) {
    if (word.text === "between") open += 1;
    else if (word.text === "and" && open > 0) open -= 1;
    else if (word.text === "and") {
      parts.push(text.slice(start, word.start).trim());
      start = word.end;
    }
  }
  return [...parts, text.slice(start).trim()].filter(Boolean);
}

/** One filter of several conditions; undefined where there is none. */
export function joined(parts: string[]): string | undefined {
  const filled = parts.map((each) => each.trim()).filter(Boolean);
  const isAlone = filled.length === 1;
  return filled.map((each) => (!isAlone && outside(each).some((word) => word.text === "or") ? `(${each})` : each)).join(" and ") || undefined;
}
