import { beforeEach, expect, test, vi } from "vitest";
import { startWidth } from "./width";

function opened(shownFor: string, isPhone: boolean): number {
  document.body.innerHTML = `<main${shownFor ? ` data-shown-for="${shownFor}"` : ""}></main>`;
  vi.stubGlobal("matchMedia", () => ({ matches: isPhone }));
  const again = vi.fn();
  startWidth(again);
  return again.mock.calls.length;
}

beforeEach(() => {
  document.cookie = "sartor_width=; path=/; max-age=0";
});

test("the server is told how wide the window is", () => {
  opened("", true);
  expect(document.cookie).toContain("sartor_width=phone");
  opened("", false);
  expect(document.cookie).toContain("sartor_width=desk");
});

test("a page that was made for the other width is asked for once more, others are not", () => {
  expect(opened("desk", true)).toBe(1);
  expect(opened("phone", true)).toBe(0);
  expect(opened("", true)).toBe(0);
  expect(opened("phone", false)).toBe(1);
});
