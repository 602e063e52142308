import { expect, test } from "vitest";
import type { Json } from "./json";
import { packed, unpacked } from "./sharing";

test("what is packed is unpacked the same", () => {
  const picture = "x".repeat(5000);
  const all: Json[] = [null, true, 0, "", "text", [], {}, [[], [1]], { a: [null, "b", { c: [] }], d: picture }, [picture, picture]];
  for (const each of all) expect(unpacked(packed(each))).toEqual(each);
});

test("what repeats is written once and is one object again", () => {
  const fields = Object.fromEntries(Array.from({ length: 40 }, (_none, number) => [`f${number}`, { type: "text", label: `Field ${number}` }]));
  const steps = Array.from({ length: 500 }, (_none, number) => ({ before: { fields, label: `${number}` }, after: { fields, label: `${number + 1}` } }));
  const text = packed(steps as unknown as Json);
  expect(text.length).toBeLessThan(60_000);
  const found = unpacked(text) as { before: { fields: object } }[];
  expect(found).toEqual(steps);
  expect(found[0]?.before.fields).toBe(found[499]?.before.fields);
});
