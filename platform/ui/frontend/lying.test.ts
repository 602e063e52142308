import { expect, test } from "vitest";
import { laidDown } from "./lying";

const NAMES = ["琢光食品股份有限公司", "郎兰物流有限公司"];
const figure = (layout: object = {}, names = NAMES) => ({
  data: [{ type: "bar", orientation: "v", x: names, y: [5, 3], text: ["5", "3"] }],
  layout: { meta: { may_lie: true }, xaxis: { categoryarray: names, type: "category" }, yaxis: { tickvals: [0, 5] }, ...layout },
});

test("bars whose names have no room below them lie down, the first one on top", () => {
  const { data, layout } = laidDown(figure(), 240);
  expect(data[0]).toMatchObject({ orientation: "h", x: [5, 3], y: NAMES });
  expect(layout?.yaxis).toMatchObject({ categoryarray: NAMES, autorange: "reversed" });
  expect(layout?.xaxis).toMatchObject({ range: [0, 6.75], showticklabels: false });
});

test("bars with room, many bars and those of days stay as they are", () => {
  expect(laidDown(figure(), 640).data[0]?.orientation).toBe("v");
  expect(laidDown(figure({}, Array.from({ length: 30 }, (_, number) => `Customer ${number}`)), 300).data[0]?.orientation).toBe("v");
  expect(laidDown(figure({ meta: undefined }), 240).data[0]?.orientation).toBe("v");
});

test("numbers that no bar carries keep their axis", () => {
  const bare = figure();
  delete (bare.data[0] as { text?: string[] }).text;
  expect(laidDown(bare, 240).layout?.xaxis).toEqual({ tickvals: [0, 5] });
});

test("bars under a legend of many names lie only where that has room for two columns", () => {
  const many = figure({ showlegend: true }, ["Ann Marie Winterbottom", "Li Na", "Bo", "Max"]);
  many.data = ["Call", "E-mail", "Visit", "Text message"].map((name) => ({ ...many.data[0]!, name }));
  expect(laidDown(many, 300).data[0]?.orientation).toBe("v");
  expect(laidDown(many, 430).data[0]?.orientation).toBe("h");
});
