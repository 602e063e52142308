import { expect, test } from "vitest";
import { dressed, inkOn, resolved } from "./figure";

document.documentElement.style.setProperty("--stage-3", "#5b6ad3");

test("names of tokens become the theme's colours", () => {
  expect(resolved({ marker: { color: ["--stage-3", "red"] } })).toEqual({ marker: { color: ["#5b6ad3", "red"] } });
});

test("markup in texts from data stays text", () => {
  expect(resolved("<img src=x onerror=alert(1)><a href='x'>")).toBe("&lt;img src=x onerror=alert(1)>&lt;a href='x'>");
});

test("addresses of points are left as they are", () => {
  expect(resolved({ customdata: ["/app?filter=a<b"] })).toEqual({ customdata: ["/app?filter=a<b"] });
});

test("a figure keeps what it says over our defaults", () => {
  const { layout } = dressed({ data: [], layout: { showlegend: true, legend: { xref: "container" }, xaxis: { showgrid: false } } });
  expect(layout).toMatchObject({ showlegend: true, legend: { orientation: "h", xref: "container" }, xaxis: { showgrid: false, fixedrange: true } });
});

test.each([
  ["#b3bbf0", "#000000"],
  ["#8c98e6", "#000000"],
  ["#5b6ad3", "#ffffff"],
  ["#1f9259", "#000000"],
  ["#434b86", "#ffffff"],
])("what stands on %s is %s", (ground, ink) => {
  expect(inkOn(ground)).toBe(ink);
});

test("texts inside coloured parts are readable", () => {
  const { data } = dressed({ data: [{ type: "funnel", marker: { color: ["--stage-3", "#ffffff"] } }] });
  expect(data[0]).toMatchObject({ insidetextfont: { color: ["#ffffff", "#000000"] } });
});

test("the number of the last bar has room beside it", () => {
  const room = (trace: object) => dressed({ data: [{ type: "bar", ...trace }] }).layout?.margin;
  expect(room({ cliponaxis: false })).toMatchObject({ r: 20, l: 8 });
  expect(room({})).toMatchObject({ r: 8 });
});
