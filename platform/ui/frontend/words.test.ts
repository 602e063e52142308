import { expect, test } from "vitest";
import { say } from "./words";

test("a text is said in the page's words with its places filled", () => {
  document.head.innerHTML = '<meta name="sartor-words" content=\'{"chosen": "{n} 项，共 {m}"}\'>';
  expect(say("chosen", { n: 3 })).toBe("3 项，共 {m}");
});

test("a key without words is said itself", () => {
  expect(say("unknown_key")).toBe("unknown_key");
});

test("one has words of its own where a page brings them", () => {
  expect([say("days", { n: 1, m: "May" }), say("days", { n: "1" }), say("days", { n: 21 })]).toEqual(["One day of May", "One day of {m}", "21 days"]);
});
