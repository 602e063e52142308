import { expect, test } from "vitest";
import type { Definition } from "../core/json";
import { foundedLines } from "./line_founding";

const QUOTE: Definition = { label: "Quote", fields: { name: { type: "text", order: 10 }, lines: { type: "children", label: "Lines", order: 20 }, note: { type: "text", order: 30 } } };
const wanted = { key: "entity/quote", entity: QUOTE, field: "lines", name: "quote_line", label: { en: "Quote line" } };

test("lines are made with the field that holds them and the sum of their amounts", () => {
  const { made, total } = foundedLines({ ...wanted, first: ["quantity", "unit_price", "amount"], isSummed: true });
  expect(made["entity/quote_line"]).toMatchObject({ title: "name", fields: { quote: { type: "lookup", required: true, options: { entity: "quote" } }, amount: { formula: "round(quantity * unit_price, 2)" } } });
  expect(total).toBe("lines_total");
  expect(made["entity/quote"]).toMatchObject({ fields: { lines: { options: { entity: "quote_line", lookup: "quote" } }, lines_total: { type: "rollup", order: 25, options: { over: "quote_line", by: "quote", of: "amount" } } } });
});

test("without what an amount is worked out from there is none, and no sum", () => {
  const { made, total } = foundedLines({ ...wanted, first: ["quantity", "amount"], isSummed: true });
  expect(Object.keys((made["entity/quote_line"] as Definition).fields as Definition)).toEqual(["quote", "name", "quantity"]);
  expect(total).toBeUndefined();
});
