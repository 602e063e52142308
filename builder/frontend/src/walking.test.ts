import { describe, expect, it } from "vitest";
import { next } from "./walking";

const lines = ["a", "b", "c"].map((id) => Object.assign(document.createElement("summary"), { id }));

describe("walking between lines", () => {
  it("goes to the next and the previous one", () => {
    expect(next(lines, lines[0]!, 1)).toBe(lines[1]);
    expect(next(lines, lines[2]!, -1)).toBe(lines[1]);
  });
  it("begins at the first or the last", () => {
    expect(next(lines, document.body, 1)).toBe(lines[0]);
    expect(next(lines, null, -1)).toBe(lines[2]);
  });
  it("stays at the ends", () => {
    expect(next(lines, lines[2]!, 1)).toBeUndefined();
  });
});
