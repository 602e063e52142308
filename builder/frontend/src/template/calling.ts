// What people call an expression in a text: fields by their labels, today by its word. What no word is known for stays.
import { say } from "@ui/words";
import { tokens, type Token } from "../expression/lexer";

/** Calls without arguments that are a word. */
const WORDS = ["today", "now", "me"];
/** Calls of one field that have a saying. */
const SAYINGS = ["rmbupper"];
const CALL = /^(\w+)\(\)/;

/** label: what a path of fields is called. */
export function worded(expression: string, label: (path: string) => string): string {
  let said = "";
  for (let rest = tokens(expression); rest.length; ) {
    const [text, length] = next(rest, label);
    said += text;
    rest = rest.slice(length);
  }
  return said;
}

/** The first part of an expression in words, and how many tokens it takes. */
function next(rest: Token[], label: (path: string) => string): [string, number] {
  const first = rest[0]?.text ?? "";
  if (rest[0]?.kind === "function") return called(rest, label) ?? [first, 1];
  if (rest[0]?.kind !== "name") return [first, 1];
  const length = pathLength(rest);
  return [label(texts(rest, length)), length];
}

function called(rest: Token[], label: (path: string) => string): [string, number] | undefined {
  const name = (rest[0]?.text ?? "").toLowerCase();
  if (WORDS.includes(name) && CALL.test(texts(rest, 3))) return [say(`build_word_${name}`), 3];
  const end = 2 + pathLength(rest.slice(2));
  if (!SAYINGS.includes(name) || end === 2 || rest[end]?.text !== ")") return undefined;
  return [say(`build_word_${name}`, { text: label(texts(rest.slice(2), end - 2)) }), end + 1];
}

/** How many tokens `account.owner.name` takes; none where no name stands. */
function pathLength(rest: Token[]): number {
  if (rest[0]?.kind !== "name") return 0;
  let length = 1;
  while (rest[length]?.text === "." && rest[length + 1]?.kind === "name") length += 2;
  return length;
}

function texts(rest: Token[], length: number): string {
  return rest.slice(0, length).map((each) => each.text).join("");
}
