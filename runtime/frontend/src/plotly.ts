// The bundle that <sartor-chart> fetches: Plotly's core with the traces that chart types use, and Chinese.
import bar from "plotly.js/lib/bar";
import Plotly from "plotly.js/lib/core";
import funnel from "plotly.js/lib/funnel";
import heatmap from "plotly.js/lib/heatmap";
import histogram from "plotly.js/lib/histogram";
import indicator from "plotly.js/lib/indicator";
import chinese from "plotly.js/lib/locales/zh-cn";
import pie from "plotly.js/lib/pie";
import sankey from "plotly.js/lib/sankey";
import table from "plotly.js/lib/table";
import treemap from "plotly.js/lib/treemap";
import waterfall from "plotly.js/lib/waterfall";

Plotly.register([bar, funnel, heatmap, histogram, indicator, pie, sankey, table, treemap, waterfall, chinese]);
Plotly.setPlotConfig({ locale: document.documentElement.lang.startsWith("zh") ? "zh-CN" : "en" });

export default Plotly;
