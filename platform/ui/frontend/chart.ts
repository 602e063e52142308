// <sartor-chart data-figure data-module data-style>: a Plotly figure. The library is fetched when the first chart comes
// into view. The figure is plain data, {"data": […], "layout": {…}}, whose colours may be names of tokens ("--plot-2"); a
// click follows the point's `customdata.url`. "As table" shows the same numbers instead. A designer gives `figure` anew
// after each edit.
import { dressed, type Figure } from "./figure";
import { laidDown } from "./lying";
import { say } from "./words";

interface Plotly {
  react(box: HTMLElement, data: unknown[], layout: object, config: object): Promise<PlotBox>;
  Plots: { resize(box: HTMLElement): void };
}

interface PlotBox extends HTMLElement {
  on(event: string, run: (event: { points: { customdata?: unknown }[] }) => void): void;
}

// The vendor's cloud must never be offered: these stay together.
const CONFIG = { displaylogo: false, showSendToCloud: false, plotlyServerURL: "", displayModeBar: false, responsive: true };
const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) void (entry.target as SartorChart).draw();
}, { rootMargin: "200px" });

function addStyle(href: string): void {
  if (document.getElementById("plotly.js-style-global")) return;
  const link = document.createElement("link");
  Object.assign(link, { id: "plotly.js-style-global", className: "no-inline-styles", rel: "stylesheet", href });
  document.head.append(link);
}

export class SartorChart extends HTMLElement {
  private drawn: Figure | null = null;
  private listening = false;

  connectedCallback(): void {
    seen.observe(this);
    document.addEventListener("sartor:theme", this.redraw);
  }

  disconnectedCallback(): void {
    seen.unobserve(this);
    document.removeEventListener("sartor:theme", this.redraw);
  }

  set figure(figure: Figure | null) {
    if (figure === this.drawn) return;
    this.drawn = figure;
    if (figure && this.isConnected) void this.paint(figure);
  }

  private redraw = (): void => {
    if (this.drawn) void this.paint(this.drawn);
  };

  async draw(): Promise<void> {
    seen.unobserve(this);
    if (this.dataset.figure) this.drawn = JSON.parse(this.dataset.figure) as Figure;
    if (this.drawn) await this.paint(this.drawn);
  }

  private async paint(figure: Figure): Promise<void> {
    addStyle(this.dataset.style ?? "");
    const { default: plotly } = (await import(this.dataset.module ?? "")) as { default: Plotly };
    const box = this.querySelector<HTMLElement>("[data-plot]");
    if (!box) return;
    const { data, layout } = dressed(laidDown(figure, box.clientWidth));
    const plot = await plotly.react(box, data, layout ?? {}, CONFIG);
    this.dataset.drawn = "yes";
    if (this.listening) return;
    this.listening = true;
    plot.on("plotly_click", (event) => this.follow(event.points[0]?.customdata));
  }

  private follow(data: unknown): void {
    const url = Array.isArray(data) ? data[0] : typeof data === "object" && data ? (data as { url?: string }).url : data;
    if (typeof url === "string" && url.startsWith("/")) location.assign(url);
  }

  asTable(on: boolean): void {
    const table = this.querySelector<HTMLElement>("[data-table]");
    const box = this.querySelector<HTMLElement>("[data-plot]");
    if (!table || !box) return;
    table.hidden = !on;
    box.hidden = on;
    if (!on && !this.drawn) void this.draw();
  }
}

customElements.define("sartor-chart", SartorChart);

export function startCharts(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-as-table]");
    if (!button) return;
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    button.title = on ? say("as_chart") : say("as_table");
    document.getElementById(button.dataset.asTable ?? "")?.querySelector<SartorChart>("sartor-chart")?.asTable(on);
  });
}
