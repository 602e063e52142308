import { expect, test } from "vitest";
import type { Definition } from "../core/json";
import { added, dropPlace, groupsOf, headed, moved, regrouped, stepped, without } from "./menu";

const APP: Definition = {
  label: "CRM",
  items: {
    home: { target: "dashboard/all", order: 1 },
    deals: { target: "view/deal.all", group: "Sales", order: 2 },
    board: { target: "view/deal.board", group: "Sales", order: 3 },
    tickets: { target: "view/ticket.all", group: "Service", order: 4 },
  },
};
const seen = (app: Definition) => groupsOf(app).map((each) => [each.label, ...each.items.map(([key]) => key)]);

test("entries under one heading are a group", () => {
  expect(seen(APP)).toEqual([[undefined, "home"], ["Sales", "deals", "board"], ["Service", "tickets"]]);
});

test("a new entry takes the heading of its group", () => {
  const { app, name } = added(APP, "view/contact.all", 1, 1);
  expect(name).toBe("contact_all");
  expect(seen(app)[1]).toEqual(["Sales", "deals", "contact_all", "board"]);
});

test("an entry steps over into the next group at the edge of its own, and stays where there is none", () => {
  expect(seen(stepped(APP, "board", 1))).toEqual([[undefined, "home"], ["Sales", "deals"], ["Service", "board", "tickets"]]);
  expect(seen(stepped(APP, "deals", -1))).toEqual([[undefined, "home", "deals"], ["Sales", "board"], ["Service", "tickets"]]);
  expect(stepped(APP, "tickets", 1)).toBe(APP);
});

test("an entry dropped into a group stands where it fell", () => {
  const place = dropPlace(APP, "home", 1, 2);
  expect(seen(moved(APP, "home", "Sales", place))).toEqual([["Sales", "deals", "board", "home"], ["Service", "tickets"]]);
});

test("groups are moved and headed as a whole", () => {
  expect(seen(regrouped(APP, 2, 0)).map(([label]) => label)).toEqual(["Service", undefined, "Sales"]);
  expect(seen(headed(APP, 1, "Selling"))[1]).toEqual(["Selling", "deals", "board"]);
});

test("what is taken out is gone", () => {
  expect(seen(without(APP, "tickets"))).toHaveLength(2);
});
