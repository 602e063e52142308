import { expect, it } from "vitest";
import { kindOf, read, write, type Kind } from "./literals";

const WRITTEN: [Kind, string, string][] = [
  ["text", "it's", "'it''s'"],
  ["choice", "won", "'won'"],
  ["boolean", "true", "true"],
  ["number", "-12.5", "-12.5"],
  ["percent", "15", "15%"],
  ["date", "2026-05-01", "d'2026-05-01'"],
  ["text", "", "null"],
];

it.each(WRITTEN)("a %s %o is written %s and read again", (kind, value, text) => {
  expect(write(kind, value)).toBe(text);
  expect(read(kind, text)).toBe(value);
});

it("what is worked out is no constant", () => {
  expect(read("text", "name & 'x'")).toBeUndefined();
  expect(read("date", "today()")).toBeUndefined();
  expect(read("number", "amount * 2")).toBeUndefined();
  expect(read("boolean", "not paid")).toBeUndefined();
});

it("a fraction is read as percent", () => expect(read("percent", "0.15")).toBe("15"));

it("a number that is not typed to its end says nothing", () => expect(write("number", "-")).toBe("null"));

it("times and records are given by expressions alone", () => {
  expect([kindOf("instant", "date"), kindOf("record", "record"), kindOf("decimal", "percent"), kindOf("integer", "number")]).toEqual([undefined, undefined, "percent", "number"]);
});
