import { beforeEach, expect, it, vi } from "vitest";
import { startActs } from "./acts";

const asked = vi.hoisted(() => vi.fn());
vi.mock("@ui/dialog", () => ({ confirmAct: vi.fn() }));
vi.mock("@ui/net", () => ({ ask: asked, refuse: vi.fn() }));

beforeEach(() => {
  document.body.innerHTML = `<div id="toasts"></div>`;
  sessionStorage.clear();
});

it("says after the page came anew what was done, and takes it back against what was written", async () => {
  const back = [
    { key: "form/a.main", document: { label: {} }, etag: '"1"' },
    { key: "role/b", document: null, etag: '"2"' },
  ];
  sessionStorage.setItem("sartor done", JSON.stringify({ said: "Mended.", set: "/sets/main", back }));
  asked.mockResolvedValue({ ok: true });
  startActs();
  expect(document.getElementById("toasts")?.textContent).toContain("Mended.");
  expect(sessionStorage.getItem("sartor done")).toBeNull();
  document.querySelector<HTMLButtonElement>("#toasts .btn:not(.btn-icon)")?.click();
  await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(2));
  expect(asked.mock.calls[0]).toEqual([
    "/sets/main/documents/form/a.main",
    expect.objectContaining({ method: "PUT", body: '{"label":{}}', headers: expect.objectContaining({ "If-Match": '"1"' }) }),
  ]);
  expect(asked.mock.calls[1]).toEqual(["/sets/main/documents/role/b", expect.objectContaining({ method: "DELETE" })]);
});
