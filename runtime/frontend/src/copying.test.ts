import { afterEach, expect, test, vi } from "vitest";
import { copied } from "./copying";

const command = vi.fn();
Object.assign(document, { execCommand: command });
afterEach(() => {
  command.mockReset();
  vi.unstubAllGlobals();
});

test("a text goes through the clipboard where the page may have it", async () => {
  const writeText = vi.fn(() => Promise.resolve());
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  expect(await copied("Hello")).toBe(true);
  expect(writeText.mock.calls).toEqual([["Hello"]]);
  expect(command).not.toHaveBeenCalled();
});

test("without a clipboard the old command copies, and what it says is told", async () => {
  vi.stubGlobal("navigator", {});
  command.mockReturnValueOnce(true).mockReturnValueOnce(false);
  expect([await copied("Hello", "<b>Hello</b>"), await copied("Hello")]).toEqual([true, false]);
});
