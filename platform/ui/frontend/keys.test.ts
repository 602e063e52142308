import { expect, test } from "vitest";
import { label, startKeys, written } from "./keys";

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

test("keys of an input method that composes are nobody else's, but for the editor of expressions", () => {
  document.body.innerHTML = '<p><input><b class="cm-content" tabindex="0"></b></p>';
  const heard: string[] = [];
  document.querySelector("p")?.addEventListener("keydown", (event) => heard.push((event.target as Element).localName));
  startKeys();
  const press = (place: string, more: KeyboardEventInit) => document.querySelector(place)?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, composed: true, ...more }));
  press("input", { isComposing: true });
  press("input", { keyCode: 229 });
  expect(heard).toEqual([]);
  press("input", {});
  press("b", { isComposing: true });
  expect(heard).toEqual(["input", "b"]);
});
