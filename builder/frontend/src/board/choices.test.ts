import { expect, test } from "vitest";
import { asSaid, chosenFields, chosenOf, withField } from "./choices";

test("fields are put among the filters in the order of their ticks, and taken out", () => {
  const both = withField(withField({}, "deal.source", true), "account.industry", true);
  expect(chosenFields(both)).toEqual(["deal.source", "account.industry"]);
  expect(chosenFields(withField(both, "deal.source", false))).toEqual(["account.industry"]);
  expect(withField(withField({}, "deal.source", true), "deal.source", false)).toEqual({});
});

test("two fields of one name have keys of their own", () => {
  const both = withField(withField({}, "deal.source", true), "lead.source", true);
  expect(Object.keys(both.filter_fields as object)).toEqual(["source", "source_2"]);
});

test("fields that are tried go together in what is asked", () => {
  expect(asSaid({ period: "this_year", "deal.source": "web", "account.industry": "it" })).toEqual({ period: "this_year", choices: "deal.source=web;account.industry=it" });
  expect(asSaid({ owner: "me" })).toEqual({ owner: "me" });
});

test("a filter is chosen by its own field, or by one that says the same", () => {
  const account = { name: "contact.account", label: "Account (Contact, Deal)", options: [], same: ["deal.account"] };
  expect(["contact.account", "deal.account", "deal.source"].map((name) => chosenOf(account, [name]))).toEqual(["contact.account", "deal.account", undefined]);
});
