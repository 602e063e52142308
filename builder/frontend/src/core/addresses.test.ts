import { expect, test } from "vitest";
import { addressOf } from "./addresses";

test("a definition is shown by its designer, at the part that is meant; without one, as it stands", () => {
  document.body.dataset.changeSet = "renewals";
  expect(addressOf("view/deal.all", "/columns/amount")).toBe("/build/renewals/views/deal.all#/columns/amount");
  expect(addressOf("metric/won")).toBe("/build/renewals/definitions/metric/won");
});
