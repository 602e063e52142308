import { expect, test } from "vitest";
import { free } from "./labels";

test("a name that is taken gets a number, and gives way where it would become too long", () => {
  const long = "a".repeat(40);
  expect(free("deal", ["deal", "deal_2"])).toBe("deal_3");
  expect(free(long, [long])).toBe(`${"a".repeat(38)}_2`);
  expect(free(`deal.${long}`, [`deal.${long}`])).toBe(`deal.${"a".repeat(38)}_2`);
  expect(free(`${"a".repeat(37)}_bc`, [`${"a".repeat(37)}_bc`])).toBe(`${"a".repeat(37)}_2`);
});
