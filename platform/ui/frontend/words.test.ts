import { expect, test } from "vitest";
import { filled, say } from "./words";

test("a text is said in the page's words with its places filled", () => {
  document.head.innerHTML = '<meta name="sartor-words" content=\'{"chosen": "{n} 项，共 {m}"}\'>';
  expect(say("chosen", { n: 3 })).toBe("3 项，共 {m}");
});

test("a key without words is said itself", () => {
  expect(say("unknown_key")).toBe("unknown_key");
});

test("one has words of its own where there are some", () => {
  const words = { days: "{n} days", days_one: "One day of {m}", left: "{n} left" };
  expect([filled(words, "days", { n: 1, m: "May" }), filled(words, "days", { n: 21 }), filled(words, "left", { n: 1 })]).toEqual(["One day of May", "21 days", "1 left"]);
});
