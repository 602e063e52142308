import { describe, expect, it } from "vitest";
import { daysBetween, shifted, values, type Moves } from "./moving";

const DAYS: Moves = { api: "/x", version: "3", start: "from", end: "to", said: { from: "2026-02-27", to: "2026-03-02" }, day: "2026-02-27", time: null };
const HOURS: Moves = { ...DAYS, said: { from: "2026-03-27T08:30:00.000000Z", to: "2026-03-27T10:00:00.000000Z" }, day: "2026-03-27", time: "09:30:00" };

describe("a record on another day", () => {
  it("is counted across months", () => {
    expect(daysBetween("2026-02-27", "2026-03-02")).toBe(3);
    expect(shifted("2026-12-31", 1)).toBe("2027-01-01");
  });

  it("keeps how many days it lasts", () => {
    expect(values(DAYS, 4, "+08:00")).toEqual({ from: "2026-03-03", to: "2026-03-06" });
  });

  it("keeps its hour, also where the clocks change between", () => {
    expect(values(HOURS, 3, "+02:00")).toEqual({ from: "2026-03-30T09:30:00+02:00", to: "2026-03-30T09:00:00.000Z" });
  });

  it("stays open where it has no end", () => {
    expect(values({ ...DAYS, said: { from: "2026-02-27", to: null } }, 1, "")).toEqual({ from: "2026-02-28" });
  });
});
