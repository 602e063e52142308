import { expect, test } from "vitest";
import { shown } from "./filter";
import { BOX, layout, towards, waysOf, type Card, type Graph, type Line } from "./layout";

const card = (name: string, more: Partial<Card> = {}): Card => ({ name, label: name, short: name, icon: "table", fields: 3, url: "", mark: "", apps: ["crm"], system: false, ...more });
const line = (source: string, target: string, ends: [string, string] = ["n", "1"]): Line => ({ source, target, field: target, label: target, icon: "link", ends, is_new: false });
const graph: Graph = { cards: ["account", "contact", "deal", "item", "task"].map((name) => card(name)), lines: [line("contact", "account"), line("deal", "account"), line("deal", "contact"), line("deal", "item", ["1", "n"])] };

function overlaps(found: ReturnType<typeof layout>): boolean {
  const spots = [...found.spots.values()];
  return spots.some((a, at) => spots.slice(at + 1).some((b) => Math.abs(a.x - b.x) < BOX.width && Math.abs(a.y - b.y) < BOX.height));
}

test("what others point to stands above them, lines below their record", () => {
  const { spots } = layout(graph);
  const height = (name: string) => spots.get(name)?.y ?? 0;
  expect(height("account")).toBeLessThan(height("contact"));
  expect(height("contact")).toBeLessThan(height("deal"));
  expect(height("deal")).toBeLessThan(height("item"));
});

test("entities that point in a circle still have a place", () => {
  const found = layout({ cards: graph.cards, lines: [line("account", "deal"), line("deal", "account"), line("task", "task")] });
  expect(found.spots.size).toBe(5);
  expect(overlaps(found)).toBe(false);
});

test("sixty entities stand apart, in about as many rows as columns, and the same each time", () => {
  const cards = Array.from({ length: 60 }, (_each, number) => card(`e${number}`));
  const lines = cards.slice(1).map((each, number) => line(each.name, `e${number % 7}`));
  const found = layout({ cards, lines });
  expect(overlaps(found)).toBe(false);
  expect(found.width / found.height).toBeLessThan(3);
  expect(layout({ cards, lines })).toEqual(found);
});

test("two lines between the same cards lie beside one another, a line to itself comes back", () => {
  const spots = new Map([["a", { x: 0, y: 0 }], ["b", { x: 0, y: 200 }]]);
  const [one, other, own, gone] = waysOf([line("a", "b"), line("a", "b"), line("a", "a"), line("a", "c")], spots);
  expect(new Set([one?.d, other?.d, own?.d]).size).toBe(3);
  expect(gone).toBeUndefined();
});

test("arrow keys go to the nearest card in their direction", () => {
  const spots = new Map([["a", { x: 0, y: 0 }], ["b", { x: 300, y: 0 }], ["c", { x: 600, y: 0 }], ["d", { x: 310, y: 100 }]]);
  expect(towards(spots, "a", "ArrowRight")).toBe("b");
  expect(towards(spots, "b", "ArrowDown")).toBe("d");
  expect(towards(spots, "a", "ArrowLeft")).toBeUndefined();
});

test("an app shows its entities and their lines, a search what it finds", () => {
  const cards = graph.cards.map((each) => ({ ...each, apps: each.name === "deal" ? ["crm"] : [] }));
  const names = (found: Graph) => found.cards.map((each) => each.name);
  expect(names(shown({ ...graph, cards }, { app: "crm", text: "", system: false }))).toEqual(["deal", "item"]);
  expect(names(shown(graph, { app: "", text: "TAC", system: false }))).toEqual(["contact"]);
  expect(names(shown({ cards: [card("user", { system: true })], lines: [] }, { app: "", text: "", system: false }))).toEqual([]);
});
