// A dashboard that nobody finds: whether some app leads to it, and one press that puts it into the menu of one.
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import { added, groupsOf } from "../app/menu";
import { likely, type Drafts, type Listed } from "../core/drafts";
import { isObject, put, type Definition, type Definitions } from "../core/json";
import { pick } from "../core/labels";
import { inOrder } from "../core/orders";
import { levelled } from "./choices";

/** Whether people come to a page by the menu of an app, or by opening it. */
export function leadsTo(app: Definition, page: string): boolean {
  const homes = isObject(app.homes) ? Object.values(app.homes) : [];
  return app.home === page || homes.includes(page) || inOrder(app.items).some(([, item]) => item.target === page);
}

function isBoard([, item]: [string, Definition]): boolean {
  return String(item.target).startsWith("dashboard/");
}

/** The app with a dashboard in its menu: after its other ones, else at the end. */
export function withBoard(app: Definition, board: string, level: string): Definition {
  const groups = groupsOf(app);
  const beside = groups.findLastIndex((each) => each.items.some(isBoard));
  const group = beside < 0 ? Math.max(0, groups.length - 1) : beside;
  const items = groups[group]?.items ?? [];
  const made = added(app, board, group, beside < 0 ? items.length : items.findLastIndex(isBoard) + 1);
  const item = (made.app.items as Definition)[made.name] as Definition;
  return put(made.app, ["items", made.name], levelled(item, level, app)) as Definition;
}

export class Menus extends EventTarget {
  private apps: Listed[] = [];
  private documents: Definitions = {};
  private chosen = "";

  constructor(private drafts: Drafts) {
    super();
  }

  async look(): Promise<void> {
    const apps = await this.drafts.list("app");
    const found = await Promise.all(apps.map(async ({ key }) => [key, (await this.drafts.get(key))?.document ?? null] as const));
    this.documents = Object.fromEntries(found);
    this.apps = apps;
    this.chosen = likely(apps)?.key ?? "";
    this.dispatchEvent(new Event("told"));
  }

  /** Those that could take a page; none where one leads to it. open: what the designer has changed of them. */
  lacking(page: string, open: Definitions): Listed[] {
    const isLed = Object.values({ ...this.documents, ...open }).some((each) => each && leadsTo(each, page));
    return isLed ? [] : this.apps;
  }

  /** An app as it is now: somebody may have edited it since the page was opened. */
  async now(app: string, open: Definitions): Promise<Definition | null> {
    return open[app] ?? (await this.drafts.get(app))?.document ?? null;
  }

  private choose = (event: Event): void => {
    this.chosen = (event.target as HTMLSelectElement).value;
    this.dispatchEvent(new Event("told"));
  };

  /** What is said of a page that no app leads to. */
  draw(page: string, open: Definitions, take: (app: Listed) => void): TemplateResult | typeof nothing {
    const apps = this.lacking(page, open);
    const app = apps.find((each) => each.key === this.chosen);
    if (!app) return nothing;
    return html`<section class="note" data-menus aria-label=${say("build_no_menu")}>${icon("info-circle")}<div class="stack grow"><p>${say("build_no_menu")}</p>
      <p class="row-flex wrap">${apps.length > 1 ? html`<select class="form-select" aria-label=${say("build_app")} @change=${this.choose}>${apps.map((each) => html`<option value=${each.key} ?selected=${each === app}>${pick(each.label) || each.key}</option>`)}</select>` : nothing}
        <button type="button" class="btn btn-default" @click=${() => take(app)}>${icon("plus")}${say("build_into_menu", { app: pick(app.label) || app.key })}</button></p></div></section>`;
  }
}
