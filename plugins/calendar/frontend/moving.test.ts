import { describe, expect, it } from "vitest";
import { daysBetween, moment, shifted, values, type Clock, type Moves } from "./moving";

const DAYS: Moves = { api: "/x", version: "3", start: "from", end: "to", said: { from: "2026-02-27", to: "2026-03-02" }, walls: null };
/** Berlin about its spring: the night to 29 March lacks the hour after two. */
const BERLIN: Clock = [["2026-02-23T00:00:00", 3600], ["2026-03-29T03:00:00", 7200]];

function hours(begin: string, end: string, said: [string, string]): Moves {
  return { ...DAYS, said: { from: said[0], to: said[1] }, walls: [begin, end] };
}

describe("a record on another day", () => {
  it("is counted across months", () => {
    expect(daysBetween("2026-02-27", "2026-03-02")).toBe(3);
    expect(shifted("2026-12-31", 1)).toBe("2027-01-01");
  });

  it("keeps how many days it lasts", () => {
    expect(values(DAYS, 4, [])).toEqual({ from: "2026-03-03", to: "2026-03-06" });
  });

  it("keeps its hour, also where the clocks change between, and that very night", () => {
    const talk = hours("2026-03-27T02:30:00.000", "2026-03-27T04:00:00.000", ["2026-03-27T01:30:00.000000Z", "2026-03-27T03:00:00.000000Z"]);
    expect(values(talk, 3, BERLIN)).toEqual({ from: "2026-03-30T00:30:00.000Z", to: "2026-03-30T02:00:00.000Z" });
    // What clocks skip is as long after the change as it would have been: 2:30 becomes 3:30, and the talk is no shorter.
    expect(values(talk, 2, BERLIN)).toEqual({ from: "2026-03-29T01:30:00.000Z", to: "2026-03-29T03:00:00.000Z" });
    const early = hours("2026-03-28T00:30:00.000", "2026-03-28T01:00:00.000", ["2026-03-27T23:30:00.000000Z", "2026-03-28T00:00:00.000000Z"]);
    expect(values(early, 1, BERLIN)).toEqual({ from: "2026-03-28T23:30:00.000Z", to: "2026-03-29T00:00:00.000Z" });
  });

  it("ends at its hour where it lasts for days", () => {
    const fair = hours("2026-03-20T09:00:00.000", "2026-03-22T17:00:00.000", ["2026-03-20T08:00:00.000000Z", "2026-03-22T16:00:00.000000Z"]);
    expect(values(fair, 7, BERLIN)).toEqual({ from: "2026-03-27T08:00:00.000Z", to: "2026-03-29T15:00:00.000Z" });
  });

  it("stays open where it has no end", () => {
    expect(values({ ...DAYS, said: { from: "2026-02-27", to: null } }, 1, [])).toEqual({ from: "2026-02-28" });
  });

  it("knows offsets of odd seconds", () => {
    expect(moment("1900-01-01T08:05:43.000", [["1900-01-01T00:00:00", 29143]])).toBe("1900-01-01T00:00:00.000Z");
  });
});
