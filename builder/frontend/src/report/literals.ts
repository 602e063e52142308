// Values of a condition, as they are written in the expression language and as an input holds them.

/** `it's` as a text is `'it''s'`; a day is `d'2026-05-01'`; numbers stand for themselves, shares as `15%`. Empty where it is no value. */
export function literal(kind: string, text: string): string {
  const value = text.trim();
  if (!value) return "";
  if (kind === "number" || kind === "percent") return Number.isFinite(Number(value)) ? `${value}${kind === "percent" ? "%" : ""}` : "";
  if (kind === "date" || kind === "instant") return /^\d{4}-\d{2}-\d{2}$/.test(value) ? `d'${value}'` : "";
  return `'${value.replaceAll("'", "''")}'`;
}

/** What an input shows of a literal: a share in percent, whether it was written `15%` or `0.15`. */
export function entered(written: string | undefined, kind = ""): string {
  if (kind === "percent" && written) return written.endsWith("%") ? written.slice(0, -1) : String(Number((Number(written) * 100).toFixed(4)));
  const text = /^d?'((?:[^']|'')*)'$/.exec(written ?? "")?.[1]?.replaceAll("''", "'");
  return text ?? written ?? "";
}

/** A condition out of the pattern of an operator. */
export function condition(pattern: string, path: string, literals: string[]): string {
  const places: Record<string, string> = { path, all: `[${literals.join(", ")}]` };
  return pattern.replace(/\{(\w+)\}/g, (_all, name: string) => places[name] ?? literals[Number(name)] ?? "");
}
