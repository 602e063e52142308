import { expect, test, vi } from "vitest";
import { startSubmits } from "./submits";

vi.mock("./dialog", () => ({ confirmAct: () => Promise.resolve(true) }));

function submitted(action: string): boolean {
  document.body.innerHTML = `<div data-ahead="Only to look at"></div><form method="post" action="${action}"><button>Save</button></form><div id="toasts"></div>`;
  const event = new Event("submit", { bubbles: true, cancelable: true });
  document.querySelector("form")?.dispatchEvent(event);
  return !event.defaultPrevented;
}

test("leaving is asked about where a form that is guarded was typed into", () => {
  startSubmits();
  const typed = (form: string): boolean => {
    document.body.innerHTML = `<sartor-form>${form}<input></form></sartor-form>`;
    document.querySelector("input")?.dispatchEvent(new Event("input", { bubbles: true }));
    return !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
  };
  expect([typed("<form>"), typed("<form data-guard>")]).toEqual([false, true]);
});

test("where there is only to look at, nothing is sent, what was typed stays, and the page says so", () => {
  startSubmits();
  history.replaceState(null, "", "/preview/main/-/en/app/crm/deal/r/1/edit");
  expect(submitted("/preview/main/-/en/app/crm/deal/r/1/edit")).toBe(false);
  expect(document.getElementById("toasts")?.textContent).toContain("Only to look at");
  expect(submitted("/sign-out")).toBe(true);
  history.replaceState(null, "", "/app/crm/deal/r/1/edit");
  expect(submitted("/app/crm/deal/r/1/edit")).toBe(true);
});
