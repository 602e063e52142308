import { beforeEach, expect, test, vi } from "vitest";
import { csrf, renewToken } from "./net";

const page = (token: string, person: string) => `<html><head><meta name="csrf-token" content="${token}"></head><body data-person="${person}"></body></html>`;

beforeEach(() => {
  document.head.innerHTML = '<meta name="csrf-token" content="old">';
  document.body.dataset.person = "ann";
});

function answering(markup: string): void {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(markup)));
}

test("somebody who signed in again goes on in the page that was open", async () => {
  answering(page("new", "ann"));
  expect([await renewToken(), csrf()]).toEqual([true, "new"]);
});

test("nobody goes on in the page of another person", async () => {
  answering(page("new", "ben"));
  expect([await renewToken(), csrf()]).toEqual([false, "old"]);
});
