import { beforeEach, expect, test } from "vitest";
import { grouped, plainOf, put, startAmounts, watchAmounts } from "./amounts";

watchAmounts();

beforeEach(() => {
  const form = document.createElement("form");
  form.innerHTML = `<input name="amount" data-amount value="1234567.5"><input name="other">`;
  document.body.replaceChildren(form);
  startAmounts(document);
});

const box = () => document.querySelector("[data-amount]") as HTMLInputElement;
const other = () => document.querySelector("[name=other]") as HTMLInputElement;

test.each([
  ["1234.5", "1,234.50"],
  ["999", "999"],
  ["-1234567", "-1,234,567"],
  ["0.125", "0.125"],
  ["12345678901234567890.12", "12,345,678,901,234,567,890.12"],
  ["", ""],
  ["1.5万", "1.5万"],
  ["1,23", "1,23"],
])("%s rests as %s", (plain, shown) => {
  expect(grouped(plain)).toBe(shown);
});

test("an amount shows thousands at rest and the number while it is edited", () => {
  expect(box().value).toBe("1,234,567.50");
  box().focus();
  expect(box().value).toBe("1234567.5");
  other().focus();
  expect(box().value).toBe("1,234,567.50");
});

test("thousands that were pasted are read, and what is no amount is left for the server", () => {
  box().focus();
  box().value = "1,234.5";
  expect(plainOf(box())).toBe("1234.5");
  other().focus();
  expect(box().value).toBe("1,234.50");
  box().focus();
  box().value = "1,23";
  other().focus();
  expect(box().value).toBe("1,23");
});

test("what the page puts in rests as well", () => {
  put(box(), "8900");
  expect([box().value, plainOf(box())]).toEqual(["8,900", "8900"]);
});
