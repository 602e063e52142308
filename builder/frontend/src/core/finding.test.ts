import { render } from "lit";
import { afterEach, expect, test, vi } from "vitest";
import { Finding } from "./finding";

const A = { id: "a", title: "Apples" };
const B = { id: "b", title: "Bridges" };

function answers(): ((found: object[]) => void)[] {
  const waiting: ((found: object[]) => void)[] = [];
  vi.stubGlobal("fetch", () => new Promise((resolve) => waiting.push((found) => resolve(new Response(JSON.stringify(found))))));
  return waiting;
}

async function told(finding: Finding, act: () => void): Promise<void> {
  const heard = new Promise((resolve) => finding.addEventListener("told", resolve, { once: true }));
  act();
  await heard;
}

function typed(finding: Finding, text: string): void {
  const box = document.createElement("div");
  render(finding.box(), box);
  const input = box.querySelector("input") as HTMLInputElement;
  input.value = text;
  input.dispatchEvent(new Event("input"));
}

afterEach(() => vi.unstubAllGlobals());

test("what is chosen is what is shown, also when the list becomes another one", async () => {
  const waiting = answers();
  const list = document.createElement("select");
  const finding = new Finding("/records", "deal", false);
  finding.addEventListener("told", () => render(finding.options("The newest"), list));
  list.addEventListener("change", finding.choose);
  const listed = async (...found: object[]) => {
    void finding.find();
    await told(finding, () => waiting.pop()?.(found));
    return [list.value, finding.record];
  };
  await listed(A, B);
  list.value = "b";
  list.dispatchEvent(new Event("change"));
  expect(await listed(B, A)).toEqual(["b", "b"]);
  expect(await listed(A)).toEqual(["", ""]);
});

test("a slow answer to what was typed before does not replace a newer one", async () => {
  const waiting = answers();
  const finding = new Finding("/records", "deal", true);
  const first = finding.find();
  typed(finding, "bri");
  void finding.find();
  await told(finding, () => waiting[1]?.([B]));
  waiting[0]?.([A]);
  await first;
  expect([finding.found, finding.record]).toEqual([[B], "b"]);
});
