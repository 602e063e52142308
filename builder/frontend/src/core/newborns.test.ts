import { describe, expect, it } from "vitest";
import type { Words } from "./drafts";
import { Newborns } from "./newborns";

const FIRST = { en: "Money", zh: "金额" };
const left = (language: string) => ({ target: { id: `p-fields-money-label-${language}` } }) as unknown as FocusEvent;

function newborns(): Newborns {
  const usual: Record<string, Words> = { 截止日期: { name: "due_date", label: { zh: "截止日期", en: "Due date" }, plural: {} } };
  const made = new Newborns((text) => Promise.resolve(usual[text] ?? { name: "ri_zu_jin", label: {}, plural: {} }));
  made.begin("money", FIRST);
  return made;
}

describe("what was just made", () => {
  it("is called after its English label, and the first words of the other language go", async () => {
    expect(await newborns().named("money", left("en"), () => ({ en: "Day rate", zh: "金额" }))).toEqual({ name: "day_rate", label: { en: "Day rate" } });
  });

  it("is called after its Chinese label where there is no English one", async () => {
    expect(await newborns().named("money", left("zh"), () => ({ en: "Money", zh: "日租金" }))).toEqual({ name: "ri_zu_jin", label: { zh: "日租金" } });
  });

  it("gets its usual words in the other language", async () => {
    expect(await newborns().named("money", left("zh"), () => ({ en: "Money", zh: "截止日期" }))).toEqual({ name: "due_date", label: { en: "Due date", zh: "截止日期" } });
  });

  it("keeps the name of its English label when Chinese words follow", async () => {
    expect(await newborns().named("money", left("zh"), () => ({ en: "Day rate", zh: "日租金" }))).toBeNull();
  });

  it("is called nothing else while its label is the first one, or once somebody has named it", async () => {
    const made = newborns();
    expect(await made.named("money", left("en"), () => FIRST)).toBeNull();
    expect(made.end("money")).toBe(true);
    expect(await made.named("money", left("en"), () => ({ en: "Day rate" }))).toBeNull();
  });

  it("is unnamed while its label is the first one", () => {
    expect([newborns().isUnnamed("money", FIRST), newborns().isUnnamed("money", { en: "Fee" }), newborns().isUnnamed("fee", FIRST)]).toEqual([true, false, false]);
  });

  it("is followed under its next name", async () => {
    const made = newborns();
    made.follow("money", "day_rate");
    expect([made.has("money"), made.has("day_rate")]).toEqual([false, true]);
    expect(await made.named("day_rate", left("en"), () => ({ en: "Rate" }))).toEqual({ name: "rate", label: { en: "Rate" } });
  });
});
