import { expect, test } from "vitest";
import { added, before, boxesOf, held, moved, placed, reading, resized, settled, without, type Box } from "./grid";

const box = (x: number, y: number, width: number, height: number): Box => ({ x, y, width, height });
const card = (place: Box) => ({ target: "report/deals", ...place });
const board = { cards: { a: card(box(0, 0, 6, 2)), b: card(box(6, 0, 6, 2)), c: card(box(0, 2, 12, 4)) } };

test("cards that lie over one another are put apart", () => {
  const found = settled(new Map([["a", box(0, 0, 6, 4)], ["b", box(0, 1, 6, 4)]]));
  expect([found.get("a")?.y, found.get("b")?.y]).toEqual([0, 4]);
});

test("whoever is in the way of a card makes room", () => {
  const found = moved(boxesOf(board), "a", 1, 0);
  expect(found.get("a")).toEqual(box(1, 0, 6, 2));
  expect(reading(found)).toEqual(["a", "b", "c"]);
});

test("up and down go past the next card", () => {
  expect(reading(moved(boxesOf(board), "c", 0, -1))).toEqual(["c", "a", "b"]);
  expect(reading(moved(boxesOf(board), "a", 0, 1))).toEqual(["b", "c", "a"]);
  expect(moved(boxesOf(board), "c", 0, 1)).toEqual(boxesOf(board));
});

test("a card grows to the edge and no further", () => {
  expect(resized(boxesOf(board), "b", 5, 1).get("b")).toEqual(box(6, 0, 6, 3));
  expect(resized(boxesOf(board), "a", -9, 0).get("a")?.width).toBe(1);
});

test("a new card is put where there is room, under a name of its own", () => {
  const made = added(without(board, "b"), { card: { target: "report/deals" }, size: [3, 2] });
  expect(boxesOf(made.board).get("deals")).toEqual(box(6, 0, 3, 2));
  expect(added(made.board, { card: { target: "report/deals" }, size: [3, 2] }).name).toBe("deals_2");
});

test("a card that is carried on a phone is read before the one it was dropped on, or last", () => {
  expect(reading(before(boxesOf(board), "c", "a"))).toEqual(["c", "a", "b"]);
  expect(reading(before(boxesOf(board), "a", undefined)).at(-1)).toBe("a");
  expect(reading(before(boxesOf(board), "c", "b"))).toEqual(["a", "c", "b"]);
});

test("a card that is dropped between others pushes them down", () => {
  const { board: next, name } = added(board, { card: { text: "Hello" }, size: [12, 2], spot: { x: 0, y: 0 } });
  expect(reading(boxesOf(next))).toEqual([name, "a", "b", "c"]);
});

test("only cards that move are written anew", () => {
  const next = placed(board, moved(boxesOf(board), "a", 0, 0)) as typeof board;
  expect(next.cards.c).toBe(board.cards.c);
});

test("a place that cannot be is left for the panel to complain about", () => {
  const wrong = { cards: { ...board.cards, a: { ...board.cards.a, x: 9 } } };
  expect(held(wrong, "a")).toBe(wrong);
});
