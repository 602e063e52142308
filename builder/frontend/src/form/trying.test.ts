import { expect, test } from "vitest";
import { addressOf } from "./trying";

const URL = "/preview/main/-/en/app/-/form/deal.main";

test("a form is tried on a record, as a role, in a language", () => {
  expect(addressOf(URL, { record: "7AB", role: "seller", language: "zh", isPhone: true })).toBe("/preview/main/seller/zh/app/-/form/deal.main?record=7AB");
  expect(addressOf(URL, { record: "", role: "-", language: "en", isPhone: false })).toBe(URL);
});
