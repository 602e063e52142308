import { expect, test } from "vitest";
import { inOrder, placed } from "./orders";

const names = (map: Parameters<typeof inOrder>[0]) => inOrder(map).map(([name]) => name);

test("entries stand by their order, ties by key, those without one last", () => {
  expect(names({ c: {}, b: { order: "10" }, a: { order: 10 }, d: { order: 2.5 } })).toEqual(["d", "a", "b", "c"]);
});

test("an entry goes between two others without touching them", () => {
  const map = { a: { order: 10 }, b: { order: 20 }, c: { order: 30 } };
  const next = placed(map, "c", map.c, 1);
  expect(names(next)).toEqual(["a", "c", "b"]);
  expect(next.c).toEqual({ order: 15 });
  expect(next.a).toBe(map.a);
});

test("ends are beyond the first and the last", () => {
  const map = { a: { order: 10 }, b: { order: 20 } };
  expect(placed(map, "n", {}, 0).n).toEqual({ order: 0 });
  expect(placed(map, "n", {}, 2).n).toEqual({ order: 30 });
  expect(placed(map, "n", {}, Infinity).n).toEqual({ order: 30 });
  expect(placed({}, "n", {}, 0).n).toEqual({ order: 10 });
});

test("neighbours that leave no room are numbered anew", () => {
  const map = { a: { order: 1 }, b: { order: 1 }, c: {} };
  expect(names(placed(map, "n", {}, 1))).toEqual(["a", "n", "b", "c"]);
  expect(names(placed(map, "n", {}, 3))).toEqual(["a", "b", "c", "n"]);
});

test("moving ten thousand times stays in order", () => {
  let map = Object.fromEntries(["a", "b", "c", "d"].map((name, at) => [name, { order: at * 10 }])) as Record<string, { order: number }>;
  for (let turn = 0; turn < 10_000; turn++) {
    const key = names(map)[turn % 4] as string;
    const wanted = names(map).filter((name) => name !== key);
    wanted.splice((turn * 7) % 4, 0, key);
    map = placed(map, key, map[key] as { order: number }, (turn * 7) % 4) as typeof map;
    if (names(map).join() !== wanted.join()) throw new Error(`turn ${turn}`);
  }
});
