import { render } from "lit";
import { expect, test } from "vitest";
import type { Gone } from "../core/drafts";
import { goneList } from "./gone";

document.documentElement.lang = "en";
const GONE: Gone = { id: "1", field: "size", column: "size", label: "Size", type: "text", at: "2026-01-01T00:00:00Z", values: null };

test("how many values a retired field has is left out where one may not know", () => {
  const said = (values: number | null) => {
    const box = document.createElement("div");
    render(goneList([{ ...GONE, values }], () => undefined, () => Promise.resolve()), box);
    return box.querySelector(".faint.t-12:not(p)")?.textContent?.split(" · ").length;
  };
  expect([said(null), said(3)]).toEqual([3, 4]);
});
