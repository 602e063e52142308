import { describe, expect, it } from "vitest";
import { pasted } from "./pasting";

const FIRST = { first: { label: { en: "First choice", zh: "选项一" }, order: 10 } };
const called = (text: string) => Promise.resolve(text === "批发" ? "wholesale" : "");
const ORDERED = (map: object) => Object.entries(map).map(([key, each]) => [key, (each as { label: object }).label]);

describe("pasted lines", () => {
  it("are a choice each, in both languages where a tab stands between them, in whichever order", async () => {
    const made = await pasted("Retail\t零售\r\n批发\tWholesale\n\nOnline", {}, {}, called);
    expect(ORDERED(made.map)).toEqual([["retail", { en: "Retail", zh: "零售" }], ["wholesale", { en: "Wholesale", zh: "批发" }], ["online", { en: "Online" }]]);
    expect(made.added).toBe(3);
  });

  it("in Chinese alone are called as people call them, and otherwise by a name that is free", async () => {
    const made = await pasted("批发\n甲\n乙", {}, {}, called);
    expect(Object.keys(made.map)).toEqual(["wholesale", "choice", "choice_2"]);
    expect(made.map.wholesale).toMatchObject({ label: { zh: "批发" } });
  });

  it("stand after what is there, and what is there already is counted and not doubled", async () => {
    const there = { retail: { label: { en: "Retail", zh: "零售" }, order: 10 } };
    const made = await pasted("retail\n零售\nOnline\nonline", there, {}, called);
    expect(Object.keys(made.map)).toEqual(["retail", "online"]);
    expect([made.added, made.known]).toEqual([1, 3]);
    expect(made.map.online).toMatchObject({ order: 20 });
  });

  it("take the place of what a field begins with, unless somebody has touched it", async () => {
    expect(Object.keys((await pasted("Online", FIRST, FIRST, called)).map)).toEqual(["online"]);
    const touched = { first: { label: { en: "Retail" }, order: 10 } };
    expect(Object.keys((await pasted("Online", touched, FIRST, called)).map)).toEqual(["first", "online"]);
  });
});
