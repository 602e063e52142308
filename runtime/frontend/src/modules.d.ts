// Modules without types of their own, as far as we use them.
declare module "plotly.js/lib/core" {
  const Plotly: { register(modules: unknown[]): void; setPlotConfig(config: object): void };
  export default Plotly;
}
declare module "plotly.js/lib/*" {
  const trace: unknown;
  export default trace;
}
declare module "tom-select/base" {
  import TomSelect from "tom-select";
  export default TomSelect;
}
declare module "tom-select/dist/esm/plugins/remove_button/plugin.js" {
  const plugin: (this: unknown) => void;
  export default plugin;
}
