import { expect, test } from "vitest";
import { dressed, resolved } from "./figure";

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
  const { layout } = dressed({ data: [], layout: { showlegend: true, xaxis: { showgrid: false } } });
  expect(layout).toMatchObject({ showlegend: true, xaxis: { showgrid: false, fixedrange: true } });
});
