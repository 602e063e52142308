// Where the builder shows a definition, at one of its parts.

const DESIGNERS: Record<string, string> = {
  entity: "entities", form: "forms", view: "views", pipeline: "pipelines", options: "options", report: "reports",
  dashboard: "dashboards", role: "roles", template: "templates", app: "apps",
};

/** key: `view/deal.all`. pointer: of a part, `/columns/amount`. */
export function addressOf(key: string, pointer = ""): string {
  const [kind = "", name = ""] = key.split("/");
  const base = `/build/${document.body.dataset.changeSet ?? "main"}`;
  const page = DESIGNERS[kind];
  return page ? `${base}/${page}/${name}${pointer ? `#${pointer}` : ""}` : `${base}/definitions/${key}`;
}
