import { expect, test, vi } from "vitest";
import { bringBack } from "../entity/gone";
import { retire } from "../entity/retire";
import type { Drafts } from "./drafts";
import { toast } from "@ui/toast";
import { rename } from "./naming";
import { Workbench } from "./workbench";

vi.mock("@ui/toast", () => ({ toast: vi.fn() }));

test("a rename is told as done once it is kept, not while somebody else's edit stands against it", async () => {
  const document = { label: "Deal" };
  const drafts = { get: async () => null, keep: vi.fn(async () => ({ status: 409, refusal: {} })), problems: async () => [], rename: async () => ({ before: { "entity/deal": document }, after: { "entity/deal": null, "entity/offer": document } }) };
  const bench = new Workbench(drafts as unknown as Drafts);
  await rename(bench, { key: "entity/deal", to: "offer" });
  expect(drafts.keep).toHaveBeenCalled();
  expect(bench.state).not.toBe("kept");
  expect(vi.mocked(toast).mock.calls.filter(([, tone]) => tone === "good")).toEqual([]);
});

test("no act of the server's throws away edits that it has refused", async () => {
  const propose = vi.fn(async () => ({ before: {}, after: { "entity/deal": { label: "as the server knows it" } }, left: [] }));
  const drafts = { get: async () => null, keep: async () => ({ status: 422, refusal: {} }), problems: async () => [], rename: propose, retirement: propose, comeback: propose };
  const bench = new Workbench(drafts as unknown as Drafts);
  bench.change("edited", { "entity/deal": { label: "refused" } });
  expect(await rename(bench, { key: "entity/deal", to: "offer" })).toBe(false);
  expect(await retire(bench, { key: "entity/deal", field: "name", label: "Name", isNew: true })).toBe(false);
  expect(await bringBack(bench, "entity/deal", { id: "1", field: "old", column: "old", label: "Old", type: "text", at: "2026-01-01", values: 0 })).toBe("");
  expect(propose).not.toHaveBeenCalled();
  expect(bench.documents["entity/deal"]).toEqual({ label: "refused" });
});
