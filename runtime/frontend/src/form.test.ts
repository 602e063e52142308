import { describe, expect, it } from "vitest";
import { withoutClosed, withoutFilled } from "./form";

function form(inside: string): HTMLFormElement {
  document.body.innerHTML = `<form>${inside}</form>`;
  return document.querySelector("form") as HTMLFormElement;
}

function sent(made: HTMLFormElement): Record<string, string[]> {
  const data = new FormData(made);
  withoutFilled(made, data);
  const found: Record<string, string[]> = {};
  for (const [name, value] of data) (found[name] ??= []).push(String(value));
  return found;
}

describe("what the server filled in", () => {
  it("is sent as the input was at first", () => {
    const made = form('<input name="price" value="">');
    const price = made.querySelector("input") as HTMLInputElement;
    price.value = "100";
    price.dataset.filled = "100";
    expect(sent(made)).toEqual({ price: [""] });
  });

  it("is sent as typed once somebody changed it", () => {
    const made = form('<input name="price" value="">');
    const price = made.querySelector("input") as HTMLInputElement;
    price.dataset.filled = "100";
    price.value = "90";
    expect(sent(made)).toEqual({ price: ["90"] });
  });

  it("leaves a box as it was", () => {
    const made = form('<input type="hidden" name="hot" value="false"><input type="checkbox" name="hot" value="true">');
    const box = made.querySelector("[type=checkbox]") as HTMLInputElement;
    box.checked = true;
    box.dataset.filled = "true";
    expect(sent(made)).toEqual({ hot: ["false"] });
  });
});

it("an amount that may not be changed is not sent, neither with its currency nor without", () => {
  const made = form('<div data-field="amount"><input type="hidden" name="amount.currency" value="CNY"><input readonly name="amount.amount" value="100"></div><div data-field="name"><input name="name" value="A"></div>');
  const data = new FormData(made);
  withoutClosed(made, data);
  expect([...data.keys()]).toEqual(["name"]);
});
