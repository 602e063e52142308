// Constants of expressions as people type them: `'won'`, `12.5`, `15%`, `d'2026-05-01'`, `true`; `null` is nothing.

/** What is written as a constant: the type of an expression, and percent. */
export type Kind = "text" | "choice" | "boolean" | "number" | "percent" | "date";

const KINDS: Record<string, Kind> = { text: "text", choice: "choice", boolean: "boolean", integer: "number", decimal: "number", date: "date" };
export const NOTHING = "null";
const QUOTED = /^'((?:[^']|'')*)'$/;
const NUMBER = /^-?\d+(\.\d+)?$/;
const DAY = /^d'(\d{4}-\d{2}-\d{2})'$/i;

/** How constants for a field are given; undefined where there are none. */
export function kindOf(type: string, asked: string): Kind | undefined {
  return asked === "percent" ? "percent" : KINDS[type];
}

/** What an expression says as a constant, empty for nothing; undefined for any other expression. */
export function read(kind: Kind, text: string): string | undefined {
  const said = text.trim();
  if (said === "" || said.toLowerCase() === NOTHING) return "";
  if (kind === "boolean") return /^(true|false)$/i.test(said) ? said.toLowerCase() : undefined;
  if (kind === "number") return NUMBER.test(said) ? said : undefined;
  if (kind === "percent") return percent(said);
  if (kind === "date") return DAY.exec(said)?.[1];
  return QUOTED.exec(said)?.[1]?.replaceAll("''", "'");
}

/** The expression for a constant; of what is no number or day yet, nothing. */
export function write(kind: Kind, value: string): string {
  if (value === "") return NOTHING;
  if (kind === "boolean") return value;
  if (kind === "number" || kind === "percent") return NUMBER.test(value) ? `${value}${kind === "percent" ? "%" : ""}` : NOTHING;
  return `${kind === "date" ? "d" : ""}'${value.replaceAll("'", "''")}'`;
}

function percent(said: string): string | undefined {
  const bare = said.replace(/\s*[%％]$/, "");
  if (!NUMBER.test(bare)) return undefined;
  return bare === said ? String(Number((Number(bare) * 100).toFixed(6))) : bare;
}
