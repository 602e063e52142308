// Dresses a figure in our look: font, axes, hover label, and tokens ("--stage-3") turned into the theme's colours.
// Texts from data must not become markup: Plotly reads tags in labels, so every `<` is escaped here once more.
export interface Figure {
  data: Record<string, unknown>[];
  layout?: Record<string, unknown>;
}

const styles = () => getComputedStyle(document.documentElement);
const token = (name: string): string => styles().getPropertyValue(name).trim();

/** Colours by token and escaped texts, all the way down. Lines that we wrap ourselves keep `<br>` and `<b>`. */
export function resolved(value: unknown): unknown {
  if (typeof value === "string") return value.startsWith("--") ? token(value) || value : value.replace(/<(?!\/?(?:b|br|extra)>)/g, "&lt;");
  if (Array.isArray(value)) return value.map(resolved);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, key === "customdata" ? inside : resolved(inside)]));
  return value;
}

function axis(given: unknown): Record<string, unknown> {
  return {
    gridcolor: token("--line"), zerolinecolor: token("--line-2"), linecolor: token("--line-2"),
    tickfont: { size: 11, color: token("--ink-2") }, fixedrange: true, automargin: true, ...(given as object),
  };
}

function ground(): Record<string, unknown> {
  const family = token("--font");
  return {
    font: { family, size: 12, color: token("--ink-2") }, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
    margin: { l: 8, r: 8, t: 8, b: 28 }, showlegend: false, bargap: 0.42, autosize: true,
    hoverlabel: { bgcolor: token("--ink"), bordercolor: token("--ink"), font: { color: token("--paper"), family, size: 12 } },
    legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom", traceorder: "normal", font: { size: 12 } },
    // One hue and greys: green and red only carry meaning.
    colorway: ["--stage-3", "--stage-1", "--stage-4", "--stage-lost", "--stage-2", "--line-3", "--accent-line", "--line-2"].map(token),
  };
}

export function dressed(figure: Figure): Figure {
  const layout = { ...ground(), ...(resolved(figure.layout ?? {}) as Record<string, unknown>) } as Record<string, unknown>;
  layout.xaxis = { nticks: 7, ...(layout.xaxis as object) };
  for (const name of ["xaxis", "yaxis", "xaxis2", "yaxis2"]) if (name in layout || name.length === 5) layout[name] = axis(layout[name]);
  return { data: resolved(figure.data) as Record<string, unknown>[], layout };
}
