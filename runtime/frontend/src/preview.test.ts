import { beforeEach, expect, test } from "vitest";
import { applyPreview } from "./preview";

const form = document.createElement("div");

beforeEach(() => {
  form.innerHTML = `
    <section data-section="terms"><div data-field="amount"><span data-must hidden></span>
      <input name="amount.amount" value="1"><select name="amount.currency"><option>CNY</option><option>USD</option></select>
      <span data-hint hidden></span><span data-error hidden><span data-error-text></span></span></div></section>
    <div data-field="total"><output data-output>1</output></div>
    <div data-field="stage"><select name="stage"><option value="">-</option><option value="a">A</option></select></div>
    <sartor-lines data-name="items"><table><tbody><tr><td data-foot="sum"></td></tr></tbody></table></sartor-lines>`;
  document.body.append(form);
});

const field = (name: string) => form.querySelector<HTMLElement>(`[data-field="${name}"]`) as HTMLElement;
const input = () => form.querySelector("input") as HTMLInputElement;

test("parts of a value reach their controls", () => {
  applyPreview(form, { fields: { amount: { value: { amount: "7", currency: "USD" } } } }, new Set());
  expect(input().value).toBe("7");
  expect(form.querySelector("select")?.value).toBe("USD");
});

test("the box in use is left alone", () => {
  input().focus();
  applyPreview(form, { fields: { amount: { value: { amount: "7", currency: "USD" } } } }, new Set());
  expect(input().value).toBe("1");
});

test("an error is shown once the field was touched", () => {
  const said = { fields: { amount: { error: "Too small" } } };
  applyPreview(form, said, new Set());
  expect(field("amount").classList.contains("is-wrong")).toBe(false);
  applyPreview(form, said, new Set(["amount"]));
  expect(field("amount").querySelector("[data-error-text]")?.textContent).toBe("Too small");
  expect(input().getAttribute("aria-invalid")).toBe("true");
});

test("an error that is gone is taken away without a touch", () => {
  applyPreview(form, { fields: { amount: { error: "Too small" } } }, new Set(["amount"]));
  applyPreview(form, { fields: { amount: { error: null } } }, new Set());
  expect(field("amount").classList.contains("is-wrong")).toBe(false);
  expect(input().hasAttribute("aria-invalid")).toBe(false);
});

test("rules hide, require and lock", () => {
  applyPreview(form, { fields: { amount: { required: true, readonly: true, hint: "why" } }, sections: { terms: { visible: false } } }, new Set());
  expect(form.querySelector("section")?.hidden).toBe(true);
  expect(input().required && input().readOnly).toBe(true);
  expect(form.querySelector("select")?.disabled).toBe(true);
  expect(field("amount").querySelector<HTMLElement>("[data-must]")?.hidden).toBe(false);
});

test("options are renewed and the chosen one stays", () => {
  const select = field("stage").querySelector("select") as HTMLSelectElement;
  select.value = "a";
  applyPreview(form, { fields: { stage: { options: [{ value: "b", text: "B" }, { value: "a", text: "A" }] } } }, new Set());
  expect([...select.options].map((option) => option.value)).toEqual(["", "b", "a"]);
  expect(select.value).toBe("a");
});

test("computed values and sums are shown as text, never as markup", () => {
  applyPreview(form, { fields: { total: { text: "<b>" } }, lines: { items: { foot: { sum: "9" } } } }, new Set());
  expect(field("total").querySelector("output")?.innerHTML).toBe("&lt;b&gt;");
  expect(form.querySelector("[data-foot]")?.textContent).toBe("9");
});
