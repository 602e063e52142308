import { beforeAll, expect, test } from "vitest";
import { worded } from "./calling";

const NAMES: Record<string, string> = { amount: "金额", name: "名称", "account.owner.name": "客户 · 负责人 · 姓名" };
const said = (expression: string) => worded(expression, (path) => NAMES[path] ?? path);

beforeAll(() => {
  document.head.innerHTML = `<meta name="sartor-words" content='{"build_word_today": "今天", "build_word_rmbupper": "{text}大写"}'>`;
});

test("a field is called by its label, however deep it lies", () => {
  expect(said("name")).toBe("名称");
  expect(said("account.owner.name")).toBe("客户 · 负责人 · 姓名");
});

test("today is a word, in whatever it stands", () => {
  expect(said("today()")).toBe("今天");
  expect(said("TODAY() + 30")).toBe("今天 + 30");
});

test("an amount in words is one", () => expect(said("rmbupper(amount)")).toBe("金额大写"));

test("what no word is known for stays, with the names of its fields", () => {
  expect(said("round(amount * 0.1, 2)")).toBe("round(金额 * 0.1, 2)");
  expect(said("rmbupper(amount * 2)")).toBe("rmbupper(金额 * 2)");
  expect(said("name & ' · amount'")).toBe("名称 & ' · amount'");
});
