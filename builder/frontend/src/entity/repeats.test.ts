import { expect, it } from "vitest";
import { asksUnique } from "./repeats";

const PUBLISHED = { fields: { phone: { type: "phone" }, code: { type: "text", unique: true } } };

it("asks where a field is unique that was not", () => {
  expect(asksUnique({ fields: { ...PUBLISHED.fields, phone: { type: "phone", unique: true } } }, PUBLISHED)).toBe(true);
});

it("asks where a key over several fields is another one", () => {
  expect(asksUnique({ ...PUBLISHED, keys: { one: { fields: ["phone", "code"] } } }, PUBLISHED)).toBe(true);
});

it("asks nothing of what was unique under another name, nor of what is new", () => {
  expect(asksUnique({ fields: { phone: { type: "phone" }, number: { type: "text", unique: true, formerly: ["code"] } } }, PUBLISHED)).toBe(false);
  expect(asksUnique({ fields: { phone: { type: "phone", unique: true } } }, null)).toBe(false);
});
