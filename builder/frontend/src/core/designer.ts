// What every designer is: one definition on a workbench, drawn as palette, canvas and panel; undo, redo and conflicts.
import { html, LitElement, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { all } from "@ui/dom";
import { toast } from "@ui/toast";
import { listed, say } from "@ui/words";
import { SartorCode } from "../expression/code";
import { Reading } from "../panel/schema";
import { addressOf } from "./addresses";
import { followBar } from "./bar";
import { choose } from "./choose";
import { Drafts, type Problem } from "./drafts";
import { at, isObject, pathOf, type Definition } from "./json";
import { pick } from "./labels";
import { keepFirst } from "./leaving";
import { inheritedSteps, reachedBy, recalled, remember, type Place } from "./memory";
import { rename } from "./naming";
import { hold, holdStill, inherited } from "./unsaved";
import { Workbench, type Clash } from "./workbench";
import { World } from "./world";

/** Names of views, roles and the like may have parts: `deal.board`. */
const WHOLE_NAME = /^[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39})*$/;

/** What stands there until the definition is: its sheet, without words. */
export function opening(): TemplateResult {
  return html`<div class="main canvas" aria-busy="true"><div class="sheet skeleton">${Array.from({ length: 8 }, () => html`<span></span>`)}</div><p class="sr">${say("build_opening")}</p></div>`;
}

export abstract class Designer extends LitElement {
  /** The definition, `entity/deal`; empty where the designer is about many. */
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
    this.bench.addEventListener("merged", () => toast(say("build_merged")));
    document.addEventListener("keydown", this.onUndoKey, true);
    document.addEventListener("keydown", this.onEscape);
    document.addEventListener("click", keepFirst(this.bench));
    window.addEventListener("beforeunload", this.onLeave);
    document.addEventListener("visibilitychange", this.onHide);
    followBar(this.bench, (what) => this.back(what));
    void this.begin();
  }

  private async begin(): Promise<void> {
    const [schema] = await Promise.all([this.drafts.schema(this.kind), this.key ? this.bench.open(this.key) : null, this.prepare()]);
    this.schema = schema;
    this.reading = new Reading(schema);
    const [unsaved, steps] = await Promise.all([inherited(this.keptAt), inheritedSteps(this.keptAt)]);
    const reached = new Set([...reachedBy(steps), ...Object.keys(unsaved.edits)]);
    await Promise.all([...reached].filter((key) => !(key in this.bench.documents)).map((key) => this.bench.open(key)));
    this.bench.resume(unsaved);
    this.bench.history = recalled(steps, this.bench.documents);
    this.isReady = true;
    this.dataset.ready = "yes";
    this.bench.dispatchEvent(new Event("state"));
    void this.bench.check();
    void this.updateComplete.then(() => this.goTo(pathOf(decodeURIComponent(location.hash.slice(1)))));
  }

  /** What the address names is chosen on the canvas, and has the focus where the panel has an input for it. */
  private async goTo(path: string[]): Promise<void> {
    if (!path.length) return;
    this.show(path);
    await this.updateComplete;
    for (const panel of all<HTMLElement & { reveal(path: string[]): Promise<boolean> }>("sartor-panel", this)) if (await panel.reveal(path)) return;
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

  /** Where the browser keeps what is this designer's. */
  private get keptAt(): Place {
    return { person: document.body.dataset.person ?? "", set: this.drafts.set, keys: this.keys };
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

  private onBench = (event: Event): void => {
    this.world.open = this.bench.documents;
    if (this.isReady) this.keepHere(event.type === "change");
    this.requestUpdate();
  };

  /** What the browser keeps of it. isEdit: else something was answered. */
  private keepHere(isEdit: boolean): void {
    (isEdit ? hold : holdStill)(this.keptAt, this.bench.unsaved);
    if (isEdit) remember(this.keptAt, this.bench.history, this.bench.documents);
  }

  private onUndoKey = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    if (event.composedPath().some((each) => each instanceof SartorCode && each.takesUndo(key === "y" || event.shiftKey))) return;
    event.preventDefault();
    event.stopPropagation();
    this.back(key === "y" || event.shiftKey ? "redo" : "undo");
  };

  /** Brings the focus from the panel back to what is chosen on the canvas; by itself nowhere. */
  protected backToCanvas(): void {
    return undefined;
  }

  private onEscape = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]") && (event.target as Element).closest?.(".panel")) this.backToCanvas();
  };

  /** On a phone the panel stands below the canvas. */
  protected showPanel(): void {
    const panel = this.querySelector(".panel");
    if (panel && getComputedStyle(panel).position === "static") panel.scrollIntoView({ behavior: "smooth" });
  }

  private back(what: "undo" | "redo"): void {
    const step = what === "undo" ? this.bench.undo() : this.bench.redo();
    if (!step) return;
    if (step.isStale) return this.warn(say("build_edited_since", { text: step.text }));
    this.say(say(what === "undo" ? "build_undone" : "build_redone", { text: step.text }));
    const [from, to] = what === "undo" ? [step.after, step.before] : [step.before, step.after];
    const now = Object.keys(to).find((key) => key.startsWith(`${this.kind}/`) && to[key] && !from[key]);
    if (now && from[this.key] && !to[this.key]) void this.followName(now);
  }

  /** Goes on under another name: the steps come along. */
  private async followName(key: string): Promise<void> {
    await this.bench.keep();
    if (this.bench.state !== "kept") return;
    const keys = this.keys.map((each) => (each === this.key ? key : each));
    remember({ ...this.keptAt, keys }, this.bench.history, this.bench.documents);
    location.assign(location.pathname.replace(/[^/]+$/, encodeURIComponent(key.slice(this.kind.length + 1))));
  }

  /** The name of the definition in the panel of the whole. */
  protected wholeName(): TemplateResult {
    const change = (event: Event) => void this.renameWhole((event.target as HTMLInputElement).value.trim());
    return html`<div class="field"><label for="p-name">${say("build_name")}</label><input class="form-control mono" id="p-name" autocomplete="off" spellcheck="false" maxlength="80" aria-describedby="p-name-hint" .value=${live(this.name)} @change=${change}><span class="hint" id="p-name-hint">${say("build_whole_name_hint")}</span></div>`;
  }

  /** Another name for the definition, written wherever it is used, as one step that can be taken back. */
  private async renameWhole(wanted: string): Promise<void> {
    if (wanted && wanted !== this.name) {
      const key = `${this.kind}/${wanted}`;
      if (!WHOLE_NAME.test(wanted)) this.warn(say("build_name_form", { name: wanted }));
      else if (await rename(this.bench, { key: this.key, to: wanted })) return this.followName(key);
    }
    this.requestUpdate();
  }

  private onLeave = (event: BeforeUnloadEvent): void => {
    if (this.bench.state === "kept") return;
    void this.bench.keep();
    if (this.bench.hasFailed) event.preventDefault();
  };

  private onHide = (): void => {
    if (document.visibilityState === "hidden") void this.bench.keep();
    else if (this.isReady) void this.bench.freshen();
  };

  /** What people call a part of a definition: by the nearest label on the way to it. */
  private partCalled({ key, path }: Clash): string {
    const document = this.bench.documents[key] ?? null;
    const labels = path.map((_part, depth) => pick(at(document, [...path.slice(0, depth + 1), "label"])));
    return labels.findLast((each) => each) ?? (pick(document?.label) || key);
  }

  private async settle(): Promise<void> {
    const parts = [...new Set(this.bench.clashes.map((each) => this.partCalled(each)))];
    const name = listed(parts.length ? parts : Object.keys(this.bench.waiting).map((key) => this.partCalled({ key, path: [] })));
    const answer = await choose(say("build_conflict_title"), html`<p>${say("build_conflict_text", { name })}</p>`, [
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

  /** The definitions whose problems are told where they stand. */
  protected get covered(): string[] {
    return this.keys;
  }

  /** Problems of other definitions: what one does here may break what stands there, or something there is not done. */
  protected elsewhere(): TemplateResult | string {
    const covered = this.covered;
    const others = this.bench.problems.filter((each) => !covered.includes(each.file ?? ""));
    if (!others.length) return "";
    return html`<section class="note note-warn elsewhere" aria-label=${say("build_elsewhere")}><div class="grow"><b>${say("build_elsewhere")}</b>
      <ul class="problems">${others.slice(0, 8).map((each: Problem) => html`<li>${this.linkTo(each)}${each.place ? ` › ${each.place}` : ""}: ${each.message}</li>`)}</ul>
      ${others.length > 8 ? html`<p>${say("build_more_problems", { n: others.length - 8 })}</p>` : ""}</div></section>`;
  }

  private linkTo({ file = "", field }: Problem): TemplateResult {
    const [kind = "", name = ""] = file.split("/");
    const label = this.world.definitions(kind).find((each) => each.name === name)?.label ?? file;
    return html`<a class="link" href=${addressOf(file, field)}>${label}</a>`;
  }
}
