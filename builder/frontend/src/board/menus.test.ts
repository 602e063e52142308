import { expect, test } from "vitest";
import type { Drafts } from "../core/drafts";
import type { Definition } from "../core/json";
import { leadsTo, Menus, withBoard } from "./menus";

const CRM: Definition = {
  label: "CRM",
  home: "dashboard/home",
  homes: { L2: "dashboard/second" },
  items: {
    team: { target: "dashboard/team", group: "Numbers", order: 10 },
    reports: { target: "report/deals", group: "Numbers", order: 20 },
    deals: { target: "view/deal.all", group: "Sales", order: 30 },
  },
};

test("people come to what stands in a menu, and to what an app opens first", () => {
  expect(["dashboard/team", "dashboard/home", "dashboard/second", "dashboard/lone"].map((each) => leadsTo(CRM, each))).toEqual([true, true, true, false]);
  expect(leadsTo({}, "dashboard/team")).toBe(false);
});

test("a dashboard comes after the other ones, below their heading, from its own level on", () => {
  const { lone, ...others } = withBoard(CRM, "dashboard/lone", "L2").items as Record<string, Definition>;
  expect(lone).toEqual({ target: "dashboard/lone", group: "Numbers", order: 15, level: "L2" });
  expect(others).toEqual(CRM.items);
});

test("where there is none it comes last, and into an empty menu first", () => {
  const { team: _team, ...items } = CRM.items as Record<string, Definition>;
  expect((withBoard({ items }, "dashboard/lone", "").items as Definition).lone).toEqual({ target: "dashboard/lone", group: "Sales", order: 40 });
  expect(withBoard({}, "dashboard/lone", "").items).toEqual({ lone: { target: "dashboard/lone", order: 10 } });
});

test("apps are offered as long as none of them leads there, as they are edited here", async () => {
  const drafts = { list: async () => [{ key: "app/crm", label: "CRM" }], get: async () => ({ document: CRM, tag: "1" }) };
  const menus = new Menus(drafts as unknown as Drafts);
  await menus.look();
  expect(menus.lacking("dashboard/team", {})).toEqual([]);
  expect(menus.lacking("dashboard/lone", {}).map((each) => each.key)).toEqual(["app/crm"]);
  expect(menus.lacking("dashboard/lone", { "app/crm": withBoard(CRM, "dashboard/lone", "") })).toEqual([]);
  expect(menus.lacking("dashboard/team", { "app/crm": {} })).toHaveLength(1);
});
