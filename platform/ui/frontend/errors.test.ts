import { expect, test, vi } from "vitest";
import { startErrors } from "./errors";
import { toast } from "./toast";

vi.mock("htmx.org", () => ({ default: {} }));
vi.mock("./toast", () => ({ toast: vi.fn() }));

test("a card tells a failure in its place; a lost session is said aloud as well", () => {
  startErrors();
  document.body.innerHTML = `<template id="failed-card"><p>Failed</p></template><div data-card-url></div>`;
  const sourceElement = document.querySelector("div")!;
  const said = [503, 401].map((status) => {
    const ctx = { sourceElement, text: `{"detail":"Sign in"}`, response: { status, headers: new Headers({ "Content-Type": "application/json" }) } };
    document.dispatchEvent(new CustomEvent("htmx:response:error", { detail: { ctx } }));
    return vi.mocked(toast).mock.calls.length;
  });
  expect(sourceElement.textContent).toBe("Failed");
  expect(said).toEqual([0, 1]);
});
