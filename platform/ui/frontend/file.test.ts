import { beforeEach, expect, test } from "vitest";
import "./file";

beforeEach(() => {
  document.head.innerHTML = '<meta name="sartor-words" content=\'{"choose_file": "选择文件", "choose_files": "选择多个", "no_file": "未选择"}\'>';
});

function shown(more = ""): HTMLElement {
  const part = document.createElement("sartor-file");
  part.innerHTML = `<input type="file" ${more}>`;
  document.body.replaceChildren(part);
  return part;
}

test("the button and what is not chosen yet are said in the page's words", () => {
  expect(shown().textContent).toBe("选择文件未选择");
  expect(shown("multiple").textContent).toBe("选择多个未选择");
});

test("the names of the chosen files stand beside the button", () => {
  const part = shown("multiple");
  const input = part.querySelector("input") as HTMLInputElement;
  Object.defineProperty(input, "files", { value: [new File(["a"], "a.csv"), new File(["b"], "b.csv")] });
  input.dispatchEvent(new Event("change", { bubbles: true }));
  expect(part.querySelector(".clip")?.textContent).toBe("a.csv · b.csv");
  expect(input.title).toBe("a.csv · b.csv");
});
