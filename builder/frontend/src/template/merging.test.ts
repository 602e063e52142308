import { describe, expect, it } from "vitest";
import { meant, pieces, withField } from "./merging";

describe("texts with expressions", () => {
  it("are taken apart as the engine does it", () => {
    expect(pieces("Dear {{ name }}, {{amount}}!")).toEqual([
      { text: "Dear ", merged: false }, { text: "name", merged: true }, { text: ", ", merged: false }, { text: "amount", merged: true }, { text: "!", merged: false },
    ]);
    expect(pieces("{{ name ?? '}}' }}")).toEqual([{ text: "name ?? '}}'", merged: true }]);
  });
  it("keep braces that are not closed", () => expect(pieces("Dear {{ na")).toEqual([{ text: "Dear {{ na", merged: false }]));
  it("are called by the field that comes first", () => expect(meant("account.name ?? 'you'")).toBe("account.name"));
  it("take a field in where the cursor is", () => {
    expect(withField("Dear ,", 5, "name")).toEqual({ text: "Dear {{ name }},", at: 15 });
    expect(withField("Dear", 99, "name").text).toBe("Dear {{ name }}");
  });
});
