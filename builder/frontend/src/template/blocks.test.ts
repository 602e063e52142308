import { describe, expect, it } from "vitest";
import type { Definition } from "../core/json";
import { behind, blocksOf, moved, partsFor, placeOf, withBlock, withEntry, withFields, withLines } from "./blocks";

const template: Definition = { entity: "deal", blocks: { title: { kind: "heading", order: 10 }, facts: { kind: "fields", order: 20, fields: { name: { order: 10 } } } } };
const names = (made: Definition) => blocksOf(made).map(([name]) => name);

describe("blocks of a template", () => {
  it("come in behind the one that is chosen", () => {
    expect(names(withBlock(template, "text", behind(template, ["blocks", "title"])).template)).toEqual(["title", "text", "facts"]);
    expect(names(withBlock(template, "text", behind(template, [])).template)).toEqual(["title", "facts", "text"]);
  });
  it("have names of their own", () => expect(withBlock({ blocks: { text: { kind: "text" } } }, "text", 0).path).toEqual(["blocks", "text_2"]));
  it("take fields in under a key, with the path where it is another", () => {
    const made = withEntry(template, ["blocks", "facts"], "account.name", Infinity);
    expect(made.path).toEqual(["blocks", "facts", "fields", "account_name"]);
    expect(made.template).toMatchObject({ blocks: { facts: { fields: { account_name: { path: "account.name", order: 20 } } } } });
  });
  it("a field alone makes a list of fields", () => expect(withFields(template, "stage", 0).path).toEqual(["blocks", "fields", "fields", "stage"]));
  it("a table begins with the columns of its list", () => {
    const list = { entity: "deal_line", lookup: "deal", label: {}, by: "", icon: "", columns: ["name", "amount"] };
    expect(withLines(template, list, Infinity).template).toMatchObject({ blocks: { lines: { entity: "deal_line", columns: { name: { order: 10 }, amount: { order: 20 } } } } });
  });
  it("move among their neighbours", () => {
    expect(names(moved(template, ["blocks", "facts"], 0))).toEqual(["facts", "title"]);
    expect(placeOf(template, ["blocks", "facts"])).toEqual({ index: 1, count: 2 });
  });
  it("are asked only for what means something for their kind", () => {
    const schema = { properties: { content: { "x-for": ["text"] }, columns: { "x-for": ["lines"] }, visible_if: {} } };
    expect(partsFor(schema, "text")).toEqual(["content", "visible_if"]);
    expect(partsFor(schema, "text", { columns: {} })).toEqual(["content", "columns", "visible_if"]);
  });
});
