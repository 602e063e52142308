import { expect, test } from "vitest";
import { owning, pointing } from "./lookup";

const DEAL = { label: "Deal", fields: { name: { type: "text", order: 10 } } };
const LINE = { label: "Line", plural: "Lines", fields: {} };

test("a line is a field that points where it was pulled to, of the kind that was chosen", () => {
  const made = pointing(DEAL, "product", "Product", "link");
  expect(made.name).toBe("product");
  expect((made.entity.fields as never)["product"]).toMatchObject({ type: "link", label: "Product", options: { entity: "product" } });
  expect((pointing(DEAL, "product", undefined, "reference").entity.fields as never)["product"]).toMatchObject({ options: { entities: { product: { order: 1 } } } });
});

test("line items get their way back, and keep the one that they have", () => {
  const made = owning({ name: "deal", entity: DEAL }, { name: "line", entity: LINE });
  expect(made.lines.fields).toMatchObject({ deal: { type: "lookup", options: { entity: "deal" } } });
  expect(made.parent.entity.fields).toMatchObject({ line: { type: "children", label: "Lines", options: { entity: "line", lookup: "deal" } } });
  const known = owning({ name: "deal", entity: DEAL }, { name: "line", entity: { ...LINE, fields: { offer: { type: "lookup", options: { entity: "deal" } } } } });
  expect(Object.keys(known.lines.fields as object)).toEqual(["offer"]);
  expect(known.parent.entity.fields).toMatchObject({ line: { options: { lookup: "offer" } } });
});
