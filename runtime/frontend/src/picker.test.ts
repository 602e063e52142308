import { afterEach, expect, test, vi } from "vitest";
import { startPickers } from "./picker";

interface Picker {
  preload(): void;
  load(query: string): void;
  setTextboxValue(text: string): void;
  refreshOptions(open: boolean): void;
  dropdown_content: HTMLElement;
}

function started(markup: string): Picker {
  document.body.innerHTML = markup;
  startPickers(document);
  return (document.querySelector("select") as HTMLSelectElement & { tomselect: Picker }).tomselect;
}

function shown(picker: Picker): (string | null)[] {
  return [...picker.dropdown_content.querySelectorAll(".option")].map((each) => each.textContent);
}

afterEach(() => vi.unstubAllGlobals());

test("what is found stands alone: neither what stood there before, nor what is chosen, nor an answer that comes too late", async () => {
  const waiting: Record<string, (titles: string[]) => void> = {};
  vi.stubGlobal("fetch", (url: string) => new Promise((resolve) => {
    const query = new URL(url, "http://here").searchParams.get("q") ?? "";
    waiting[query] = (titles) => resolve(new Response(JSON.stringify({ options: titles.map((text) => ({ value: text, text })) })));
  }));
  const picker = started('<select data-picker data-search-url="/options?field=account" aria-label="Account"><option value="Apples" selected>Apples</option></select>');
  const asked = async (query: string) => {
    picker.setTextboxValue(query);
    if (query) picker.load(query);
    else picker.preload();
    await vi.waitFor(() => expect(waiting[query]).toBeDefined(), 5000);
  };
  const answer = async (query: string, ...titles: string[]) => {
    waiting[query]?.(titles);
    await new Promise((done) => setTimeout(done, 20));
    picker.refreshOptions(true);
  };
  await asked("");
  await answer("", "Apples", "Bridges", "Cranes");
  expect(shown(picker)).toEqual(["Apples", "Bridges", "Cranes"]);
  await asked("cr");
  await asked("cra");
  await answer("cra", "Cranes");
  await answer("cr", "Crabs", "Cranes");
  expect(shown(picker)).toEqual(["Cranes"]);
});

test("a reference is searched from the start, where the kind of record says", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    return new Response(JSON.stringify({ options: [] }));
  });
  document.body.innerHTML = `<div data-reference><select><option data-search-url="/options?of=deal" selected>Deal</option><option data-search-url="/options?of=lead">Lead</option></select>
    <select data-picker data-search-url="" aria-label="About"></select></div>`;
  startPickers(document);
  (document.querySelector("[data-picker]") as HTMLSelectElement & { tomselect: Picker }).tomselect.load("crane");
  await vi.waitFor(() => expect(asked).toEqual(["/options?of=deal&q=crane"]), 5000);
});

test("a picker is built apart from the page, which is not styled anew for each of many lines, and stands where its select was", () => {
  const styled: boolean[] = [];
  const look = vi.spyOn(window, "getComputedStyle").mockImplementation((element) => {
    styled.push(element.isConnected);
    return { getPropertyValue: () => "" } as unknown as CSSStyleDeclaration;
  });
  document.body.innerHTML = `<p><i></i><select data-picker aria-label="Product"><option value="1" selected>Apples</option></select><b></b></p>`;
  startPickers(document);
  look.mockRestore();
  expect(styled).toEqual([false]);
  expect([...document.querySelectorAll("p > *")].map((each) => each.localName)).toEqual(["i", "select", "div", "b"]);
});
