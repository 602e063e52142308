import { expect, test } from "vitest";
import type { Definition } from "../core/json";
import { able, grantOf, including, levelled, levelOf, levelsTold, opened, others, scopeOf } from "./grants";

const ORDER = ["create", "read", "update", "delete", "export", "import"];
const ROLE: Definition = { label: "Rep", grants: { deal: { operations: ["create", "read"], scope: "own", fields: { "*": "write", cost: "hidden" } } } };
const deal = (role: Definition) => grantOf(role, "deal");

test("an operation follows the scope of its grant until it has its own", () => {
  const role = opened(ROLE, "deal", "read", "all", ORDER);
  expect(deal(role)).toMatchObject({ scope: "own", scopes: { read: "all" } });
  expect([scopeOf(deal(role), "read"), scopeOf(deal(role), "create"), scopeOf(deal(role), "delete")]).toEqual(["all", "own", ""]);
  expect(deal(opened(role, "deal", "read", "own", ORDER))).not.toHaveProperty("scopes");
});

test("an operation is opened in the usual order, and closing the last one closes the entity", () => {
  expect(deal(opened(ROLE, "deal", "update", "own", ORDER))?.operations).toEqual(["create", "read", "update"]);
  const role = opened(opened(ROLE, "deal", "read", "", ORDER), "deal", "create", "", ORDER);
  expect(role.grants).toEqual({});
});

test("a first operation opens the entity, fields as far as it needs them", () => {
  expect(grantOf(opened(ROLE, "account", "read", "all", ORDER), "account")).toEqual({ operations: ["read"], scope: "all", fields: { "*": "read" } });
});

test("a field has its own level or that of the others; a sensitive one must be named", () => {
  expect(levelOf(deal(ROLE), "cost")).toEqual({ level: "hidden", isOwn: true });
  expect(levelOf(deal(ROLE), "name")).toEqual({ level: "write", isOwn: false });
  expect(levelOf(deal(ROLE), "phone", true)).toEqual({ level: "hidden", isOwn: false });
  expect(deal(levelled(ROLE, "deal", "cost", ""))?.fields).toEqual({ "*": "write" });
});

test("abilities are a sorted list, absent where there are none", () => {
  expect(able(able(ROLE, "share", true), "design", true).abilities).toEqual(["design", "share"]);
  expect(able(able(ROLE, "share", true), "share", false)).toEqual(ROLE);
});

test("fields are told without knowing their names: named ones, hidden ones, and all others", () => {
  const told = (fields: Definition) => levelsTold({ fields }, 10, ["salary", "iban"], ["created_at"]);
  expect(told({ "*": "write" })).toEqual({ write: 8, read: 0, hidden: 2 });
  expect(told({ "*": "read", salary: "write", name: "hidden", created_at: "read" })).toEqual({ write: 1, read: 7, hidden: 2 });
});

test("who could look at every field and gets to write records can fill them in", () => {
  const looking = opened({}, "deal", "read", "own", ORDER);
  expect(grantOf(opened(looking, "deal", "create", "all", ORDER), "deal")?.fields).toEqual({ "*": "write" });
  const picked = levelled(looking, "deal", "amount", "hidden");
  expect(grantOf(opened(picked, "deal", "update", "own", ORDER), "deal")?.fields).toEqual({ "*": "read", amount: "hidden" });
});

test("a role is not offered itself to include, but can leave itself", () => {
  const roles = [{ name: "rep", label: "Rep" }, { name: "boss", label: "Boss" }];
  expect(including({ title: "Includes" }, others(roles, "role/rep", ROLE))).toEqual({ title: "Includes", items: { enum: ["boss"], "x-texts": { boss: "Boss" } } });
  expect(others(roles, "role/rep", { ...ROLE, includes: ["rep"] })).toEqual(roles);
});

test("a field may be called as what every object of the language has", () => {
  expect(levelOf(deal(ROLE), "constructor")).toEqual({ level: "write", isOwn: false });
});
