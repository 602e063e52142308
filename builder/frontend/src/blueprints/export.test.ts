import { expect, test, vi } from "vitest";
import { startExport } from "./export";

test("a scenario that stays behind says what it needs, and one press chooses that", async () => {
  const left = [{ label: "Keepers make gems", needs: ["role/keeper", "metric/gone"] }];
  const answer = { name: "x.zip", file: "", definitions: [], scenarios_left: left };
  vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(new Response(JSON.stringify(answer), { headers: { "Content-Type": "application/json" } }))));
  document.body.innerHTML = `<form data-export="/api"><input name="name"><p data-along data-words='{}'></p>
    <section data-left hidden data-words='{"needs": "{scenario} needs {names}"}'><ul></ul><button type="button"></button></section>
    <label><input type="checkbox" name="key" value="entity/gem"><span>Gem</span></label>
    <label><input type="checkbox" name="key" value="role/keeper"><span>Keeper</span></label></form>`;
  startExport();
  document.querySelector<HTMLInputElement>("input[value='entity/gem']")!.click();
  const section = document.querySelector<HTMLElement>("[data-left]")!;
  await vi.waitFor(() => expect(section.hidden).toBe(false));
  expect(section.querySelector("li")!.textContent).toBe("Keepers make gems needs Keeper, metric/gone");
  section.querySelector("button")!.click();
  expect(document.querySelector<HTMLInputElement>("input[value='role/keeper']")!.checked).toBe(true);
});
