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
    colorway: ["--plot-2", "--plot-4", "--plot-1", "--plot-lost", "--plot-3", "--ink-2", "--tint-purple", "--tint-teal"].map(token),
  };
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Black or white, whichever is easier to read on a colour (`#rrggbb`). */
export function inkOn(colour: string): string {
  return luminance(colour) + 0.05 > Math.sqrt(0.05 * 1.05) ? "#000000" : "#ffffff";
}

/** Texts inside bars and slices: Plotly's own choice is a grey that is too weak on our middle tones. */
function inked(trace: Record<string, unknown>): Record<string, unknown> {
  const marker = (trace.marker ?? {}) as Record<string, unknown>;
  const filled = marker.colors ?? marker.color;
  return Array.isArray(filled) ? { ...trace, insidetextfont: { color: filled.map(inkOn) } } : trace;
}

export function dressed(figure: Figure): Figure {
  const plain = ground();
  const given = resolved(figure.layout ?? {}) as Record<string, unknown>;
  const layout: Record<string, unknown> = { ...plain, ...given, legend: { ...(plain.legend as object), ...(given.legend as object) } };
  layout.xaxis = { nticks: 7, ...(layout.xaxis as object) };
  for (const name of ["xaxis", "yaxis", ...Object.keys(layout).filter((key) => /^[xy]axis\d+$/.test(key))]) layout[name] = axis(layout[name]);
  const data = resolved(figure.data) as Record<string, unknown>[];
  // A number at the end of the last bar is wider than the bar.
  if (data.some((trace) => trace.cliponaxis === false)) layout.margin = { ...(layout.margin as object), r: 20 };
  return { data: data.map(inked), layout };
}
