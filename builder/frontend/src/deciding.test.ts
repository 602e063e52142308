import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startDeciding } from "./deciding";

const FORM = `<form data-choosing>
  <input type="radio" name="choice" value="keep" checked><input type="radio" name="choice" value="take">
  <input type="radio" name="choice" value="edit"><input name="value" value="Mine"></form>`;

function choice(value: string): HTMLInputElement {
  return document.querySelector<HTMLInputElement>(`[name=choice][value=${value}]`)!;
}

function field(): HTMLInputElement {
  return document.querySelector<HTMLInputElement>("[name=value]")!;
}

function type(text: string): void {
  field().value = text;
  field().dispatchEvent(new Event("input", { bubbles: true }));
}

function choose(value: string): void {
  choice(value).checked = true;
  choice(value).dispatchEvent(new Event("input", { bubbles: true }));
}

beforeAll(startDeciding);
beforeEach(() => {
  document.body.innerHTML = FORM;
});

describe("deciding what is to stay", () => {
  it("takes what is typed for the choice of another value", () => {
    type("Both");
    expect(choice("edit").checked).toBe(true);
  });
  it("sends nothing of it once one of the two is chosen, and has it again", () => {
    type("Both");
    choose("keep");
    expect(field().value).toBe("Mine");
    choose("edit");
    expect(field().value).toBe("Both");
  });
});
