import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startDeeds } from "./deeds";

const assign = vi.fn();
const answers = (status: number, body: object) => vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/problem+json" } }))));

async function submitted(): Promise<HTMLFormElement> {
  const form = document.querySelector("form")!;
  form.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }));
  await vi.waitFor(() => expect(form.querySelector("button")!.disabled && !assign.mock.calls.length).toBe(false));
  return form;
}

beforeEach(() => {
  vi.stubGlobal("location", { assign, href: "/here" });
  document.body.innerHTML = `<form data-deed data-url="/api" data-then="/done" data-waits="/build/SET/plan"><progress hidden></progress><button></button></form>`;
});

afterEach(() => {
  assign.mockReset();
  vi.unstubAllGlobals();
});

startDeeds();

test("what is done leads on to its page", async () => {
  answers(200, {});
  await submitted();
  expect(assign.mock.calls).toEqual([["/done"]]);
});

test("what has to wait leads on to the change set in which it goes on", async () => {
  answers(409, { title: "Waits for an approval", values: { set: "install sales" } });
  await submitted();
  expect(assign.mock.calls).toEqual([["/build/install%20sales/plan"]]);
});

test("another refusal leaves the form there to be sent again", async () => {
  answers(422, { title: "No", detail: "That cannot be." });
  const form = await submitted();
  expect(assign).not.toHaveBeenCalled();
  expect([form.querySelector("button")!.disabled, form.querySelector("progress")!.hidden]).toEqual([false, true]);
});
