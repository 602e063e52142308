import { expect, test, vi } from "vitest";
import { keepFirst } from "./leaving";
import type { Workbench } from "./workbench";

function clicked(state: string, link: string): { gone: string[]; isHeld: boolean; keep: () => void } {
  let keep = (): void => undefined;
  const gone: string[] = [];
  const bench = { state, keep: () => new Promise<void>((resolve) => (keep = resolve)) } as unknown as Workbench;
  const onClick = keepFirst(bench, (url) => void gone.push(new URL(url).pathname));
  document.body.innerHTML = link;
  // happy-dom follows a link before the document hears of the click.
  document.addEventListener("click", onClick, { once: true, capture: true });
  const event = new MouseEvent("click", { bubbles: true, cancelable: true, composed: true });
  document.querySelector("b")?.dispatchEvent(event);
  return { gone, isHeld: event.defaultPrevented, keep: () => keep() };
}

test("a link leads on once the server has taken what was edited", async () => {
  const { gone, isHeld, keep } = clicked("keeping", '<a href="/build/main/plan"><b>Review</b></a>');
  expect([isHeld, gone]).toEqual([true, []]);
  keep();
  await vi.waitFor(() => expect(gone).toEqual(["/build/main/plan"]));
});

test("a server that does not answer holds nobody up for long", async () => {
  vi.useFakeTimers();
  const { gone } = clicked("waiting", '<a href="/build/main/plan"><b>Review</b></a>');
  await vi.advanceTimersByTimeAsync(5000);
  expect(gone).toEqual(["/build/main/plan"]);
  vi.useRealTimers();
});

test("a link to a part of the same page is not held", () => {
  expect(clicked("waiting", '<a href="#/fields/name"><b>Name</b></a>').isHeld).toBe(false);
});
