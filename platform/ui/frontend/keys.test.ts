import { expect, test } from "vitest";
import { label, written } from "./keys";

const key = (key: string, more: KeyboardEventInit = {}) => written(new KeyboardEvent("keydown", { key, ...more }));

test("keys are written as buttons show them", () => {
  expect(key("n")).toBe("N");
  expect(key("Escape")).toBe("Esc");
  expect(key("s", { ctrlKey: true })).toBe("⌘S");
  expect(key("F", { shiftKey: true })).toBe("⇧F");
  expect(key("?", { shiftKey: true })).toBe("?");
});

test("shown keys are told to readers", () => {
  document.body.innerHTML = '<button data-key="⌘S">Save<kbd>⌘S</kbd></button>';
  label(document);
  const button = document.querySelector("button");
  expect(button?.getAttribute("aria-keyshortcuts")).toBe("Control+S Meta+S");
  expect(button?.querySelector("kbd")?.textContent).toBe("Ctrl S");
});
