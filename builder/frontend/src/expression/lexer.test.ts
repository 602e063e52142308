import { expect, test } from "vitest";
import { functionAt, token, tokens } from "./lexer";

const kinds = (text: string) => tokens(text).filter((each) => each.kind !== "space").map((each) => `${each.kind} ${each.text}`);

test("words, values and names are told apart", () => {
  expect(kinds("stage = 'won' AND not amount >= 15%")).toEqual(["name stage", "operator =", "text 'won'", "keyword AND", "keyword not", "name amount", "operator >=", "number 15%"]);
  expect(kinds("round(x, 2) ?? null")).toEqual(["function round", "bracket (", "name x", "bracket ,", "number 2", "bracket )", "operator ??", "value null"]);
});

test("a date is no name, and a text may be unfinished", () => {
  expect(kinds("day > d'2026-05-01'")).toEqual(["name day", "operator >", "date d'2026-05-01'"]);
  expect(kinds("name = 'it''s")).toEqual(["name name", "operator =", "text 'it''s"]);
});

test("every character belongs to a token", () => {
  for (const text of ["a？？b（1，2）", "#", "'", "😀 = 1", "客户.名称 is blank"]) expect(tokens(text).map((each) => each.text).join("")).toBe(text);
  expect(token("#").kind).toBe("wrong");
});

test("help is about the function at the cursor, or about the call around it", () => {
  expect(functionAt("round(sum(a), 2)", 2)).toBe("round");
  expect(functionAt("round(sum(a), 2)", 11)).toBe("sum");
  expect(functionAt("round(sum(a), 2)", 15)).toBe("round");
  expect(functionAt("a in (b)", 7)).toBeUndefined();
});
