import { describe, expect, it } from "vitest";
import { bolds, meant, pieces, spans, withField, wordAt } from "./merging";

describe("texts with expressions", () => {
  it("are taken apart as the engine does it", () => {
    expect(pieces("Dear {{ name }}, {{amount}}!")).toEqual([
      { text: "Dear ", merged: false }, { text: "name", merged: true }, { text: ", ", merged: false }, { text: "amount", merged: true }, { text: "!", merged: false },
    ]);
    expect(pieces("{{ name ?? '}}' }}")).toEqual([{ text: "name ?? '}}'", merged: true }]);
  });
  it("keep braces that are not closed", () => expect(pieces("Dear {{ na")).toEqual([{ text: "Dear {{ na", merged: false }]));
  it("keep the expressions behind braces that are not closed yet", () => {
    expect(spans("Dear {{ , x {{ a }}").map((each) => each.expression)).toEqual(["a"]);
    expect(spans("Dear {{ , don't {{ a }}, {{ b }}").map((each) => each.expression)).toEqual(["a", "b"]);
  });
  it("are called by the field that comes first", () => expect(meant("account.name ?? 'you'")).toBe("account.name"));
  it("take a field in where the cursor is", () => {
    expect(withField("Dear ,", 5, "name")).toEqual({ text: "Dear {{ name }},", at: 15 });
    expect(withField("Dear", 99, "name").text).toBe("Dear {{ name }}");
  });
  it("know where each expression stands", () => expect(spans("Dear {{ name }}!")).toEqual([{ from: 5, to: 15, expression: "name" }]));
  it("are bold from sign to sign, those of an expression left out", () => {
    expect(bolds("a **b** {{ '**' }} c")).toEqual([{ from: 2, to: 7 }]);
    expect(bolds("a **b")).toEqual([{ from: 2, to: 5 }]);
  });
  it("offer fields inside of braces only", () => {
    expect(wordAt("Dear {{ acc", 11)).toEqual({ from: 8, word: "acc" });
    expect(wordAt("Dear {{客", 8)).toEqual({ from: 7, word: "客" });
    expect(wordAt("Dear {{ name }} acc", 19)).toBeNull();
    expect(wordAt("Dear", 4)).toBeNull();
  });
});
