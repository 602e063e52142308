import { expect, test } from "vitest";
import { condition, entered, literal } from "./literals";

test("values are written as the language reads them, and read back", () => {
  expect([literal("text", "it's"), literal("date", "2026-05-01"), literal("number", "1200")]).toEqual(["'it''s'", "d'2026-05-01'", "1200"]);
  expect([literal("number", "many"), literal("date", "May"), literal("text", " ")]).toEqual(["", "", ""]);
  expect([entered("'it''s'"), entered("d'2026-05-01'"), entered("12"), entered(undefined)]).toEqual(["it's", "2026-05-01", "12", ""]);
});

test("a share is entered in percent, however it was written", () => {
  expect([literal("percent", "15"), entered("15%", "percent"), entered("0.155", "percent")]).toEqual(["15%", "15", "15.5"]);
});

test("a pattern is filled with path and values, whatever they hold", () => {
  expect(condition("{path} between {0} and {1}", "amount", ["1", "5"])).toBe("amount between 1 and 5");
  expect(condition("not ({path} in {all})", "stage", ["'a'", "'{0}'"])).toBe("not (stage in ['a', '{0}'])");
});
