// What every designer is: one definition on a workbench, drawn as palette, canvas and panel; undo, redo and conflicts.
import { html, LitElement, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import { SartorCode } from "../expression/code";
import { Reading } from "../panel/schema";
import { followBar } from "./bar";
import { choose } from "./choose";
import { Drafts, type Problem } from "./drafts";
import { isObject, pathOf, type Definition } from "./json";
import { recalled, remember } from "./memory";
import { Workbench } from "./workbench";
import { World } from "./world";

export abstract class Designer extends LitElement {
  /** The definition, `entity/deal`. */
  @property({ attribute: "data-definition" }) key = "";
  /** The definition as it is published, for what is marked as new. */
  @property({ attribute: "data-published", type: Object }) published: Definition | null = null;
  @state() protected schema: Definition = {};
  @state() protected isReady = false;
  readonly drafts = new Drafts(document.body.dataset.changeSet ?? "main");
  readonly bench = new Workbench(this.drafts);
  readonly world = new World(this.drafts);
  protected reading = new Reading({});

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const event of ["change", "state", "problems"]) this.bench.addEventListener(event, this.onBench);
    this.world.addEventListener("told", () => this.requestUpdate());
    this.bench.addEventListener("conflict", () => void this.settle());
    document.addEventListener("keydown", this.onUndoKey, true);
    window.addEventListener("beforeunload", this.onLeave);
    document.addEventListener("visibilitychange", this.onHide);
    followBar(this.bench, (what) => this.back(what));
    void this.begin();
  }

  private async begin(): Promise<void> {
    const [schema] = await Promise.all([this.drafts.schema(this.kind), this.bench.open(this.key), this.prepare()]);
    this.schema = schema;
    this.reading = new Reading(schema);
    this.bench.history = recalled(this.drafts.set, this.keys, this.bench.documents);
    this.isReady = true;
    this.dataset.ready = "yes";
    this.bench.dispatchEvent(new Event("state"));
    void this.bench.check();
    void this.updateComplete.then(() => this.show(pathOf(decodeURIComponent(location.hash.slice(1)))));
  }

  /** Chooses the part that the address names by its JSON pointer, `#/fields/amount`; by itself nothing. */
  protected show(path: string[]): void {
    void path;
  }

  /** What a designer must know besides its own definition. */
  protected async prepare(): Promise<void> {
    return Promise.resolve();
  }

  /** The definitions that it opens by itself. */
  protected get keys(): string[] {
    return [this.key];
  }

  get kind(): string {
    return this.key.split("/")[0] ?? "";
  }

  get name(): string {
    return this.key.slice(this.kind.length + 1);
  }

  /** The definition as it is now. */
  get definition(): Definition {
    const found = this.bench.documents[this.key];
    return isObject(found) ? found : {};
  }

  private onBench = (): void => {
    this.world.open = this.bench.documents;
    if (this.isReady) remember(this.drafts.set, this.keys, this.bench.history, this.bench.documents);
    this.requestUpdate();
  };

  private onUndoKey = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    if (event.composedPath().some((each) => each instanceof SartorCode && each.takesUndo(key === "y" || event.shiftKey))) return;
    event.preventDefault();
    event.stopPropagation();
    this.back(key === "y" || event.shiftKey ? "redo" : "undo");
  };

  private back(what: "undo" | "redo"): void {
    const text = what === "undo" ? this.bench.undo() : this.bench.redo();
    if (text) this.say(say(what === "undo" ? "build_undone" : "build_redone", { text }));
  }

  private onLeave = (event: BeforeUnloadEvent): void => {
    if (["kept", "keeping"].includes(this.bench.state)) return;
    void this.bench.keep();
    if (this.bench.state === "refused" || this.bench.state === "conflict") event.preventDefault();
  };

  private onHide = (): void => {
    if (document.visibilityState === "hidden") void this.bench.keep();
  };

  private async settle(): Promise<void> {
    const answer = await choose(say("build_conflict_title"), html`<p>${say("build_conflict_text", { key: this.key })}</p>`, [
      { value: "theirs", text: say("build_take_theirs"), look: "primary" },
      { value: "mine", text: say("build_keep_mine") },
    ]);
    if (answer === "theirs") await this.bench.takeTheirs(say("build_take_theirs"));
    if (answer === "mine") await this.bench.keepMine();
  }

  /** Tells somebody who does not see it. */
  protected say(text: string): void {
    const place = this.querySelector<HTMLElement>(".sr[data-says]");
    if (place) place.textContent = text;
  }

  protected warn(text: string): void {
    toast(text, "bad");
  }

  /** Problems of other definitions: what one does here may break what stands there. */
  protected elsewhere(): TemplateResult | string {
    const others = this.bench.problems.filter((each) => !this.keys.includes(each.file ?? ""));
    if (!others.length) return "";
    return html`<section class="note note-warn elsewhere" aria-label=${say("build_elsewhere")}><div class="grow"><b>${say("build_elsewhere")}</b>
      <ul class="problems">${others.slice(0, 8).map((each: Problem) => html`<li><span class="mono">${each.file}</span> ${each.message}</li>`)}</ul>
      ${others.length > 8 ? html`<p>${say("build_more_problems", { n: others.length - 8 })}</p>` : ""}</div></section>`;
  }
}
