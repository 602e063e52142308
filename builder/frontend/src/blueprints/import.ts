// <sartor-blueprint-import data-url data-done data-words>: a file is read, names that are taken are asked about, the
// plan is shown, and only then is it brought in. `data-done` leads on, with NAME for the blueprint; `data-upgrade` to
// what has to be decided first where it is there already and was changed, with NAME and TO; `data-waits` to where it goes
// on when it has to wait, with SET.
import { LitElement, html, nothing, type TemplateResult } from "lit";
import { icon } from "@ui/dom";
import { filled } from "@ui/words";
import { base64, goesOn, send, type Refusal } from "./api";

interface Step {
  text: string;
  grade: string;
  rows: number;
}

interface Plan {
  steps: Step[];
  grade: string;
  fingerprint: string;
  obstacles?: { message: string }[];
  strangers?: Stranger[];
  choices?: Record<string, string>;
  names?: Record<string, string>;
  adds?: string[];
  /** How many sample records are in the file. */
  samples?: number;
  /** Sentences about fields of what is replaced that others use. */
  stays?: string[];
}

interface Stranger {
  email: string;
  near: string | null;
  sample: boolean;
}

/** Copies need copies of these, too: keys of definitions that are here and not in the file. */
interface Lacking {
  along: string[];
  names: Record<string, string>;
}

/** What is taken here: keys of definitions, and what each is called. */
interface Taken {
  taken: string[];
  names?: Record<string, string>;
  /** Those of others to which the file adds with other values. */
  adds?: string[];
}

type Fault = NonNullable<Refusal["errors"]>[number];

const GRADES = ["safe", "slow", "lossy"];
const CHOICES = ["keep", "merge", "replace", "both"];
const CHOICES_OF_ADDED = ["keep", "replace"];
/** What holds for a copy of what is here that comes along with one of the file. */
const ALONG = "along";
/** So many faults stand on the page at once, and so many steps. */
const FIRST = 5;
const SHORT = 8;
const TONES: Record<string, string> = { safe: "good", slow: "warn", lossy: "bad" };

class BlueprintImport extends LitElement {
  static properties = { refused: { state: true }, taken: { state: true }, lacking: { state: true }, choices: { state: true }, plan: { state: true }, busy: { state: true }, samples: { state: true }, people: { state: true } };
  declare refused: Refusal | null;
  declare taken: string[];
  declare lacking: string[];
  declare choices: Record<string, string>;
  declare plan: Plan | null;
  declare busy: boolean;
  declare samples: boolean;
  /** Mail addresses in its records, each with that of somebody here, or none. */
  declare people: Record<string, string>;
  private file = "";
  private names: Record<string, string> = {};
  private adds: string[] = [];

  constructor() {
    super();
    Object.assign(this, { refused: null, taken: [], lacking: [], choices: {}, plan: null, busy: false, samples: false, people: {} });
  }

  createRenderRoot(): HTMLElement {
    return this;
  }

  private say(word: string, n?: number): string {
    const words = JSON.parse(this.dataset.words ?? "{}") as Record<string, string>;
    return filled(words, word, n === undefined ? {} : { n });
  }

  private async read(event: Event): Promise<void> {
    const file = (event.target as HTMLInputElement).files?.[0];
    Object.assign(this, { refused: null, taken: [], lacking: [], choices: {}, plan: null, samples: false, people: {} });
    if (!file) return;
    this.file = await base64(file);
    await this.look();
  }

  /** Asks for the plan; where names are taken, those are shown instead until each has a choice. */
  private async look(): Promise<void> {
    Object.assign(this, { busy: true, plan: null, refused: null, lacking: [] });
    const found = await send<Plan | Taken | Lacking | { upgrade: string; blueprint: string }>(`${this.dataset.url}?dry_run=true`, { file: this.file, choices: this.choices, sample_data: this.samples });
    this.busy = false;
    if (!found) return;
    if ("problem" in found) this.refused = found.problem;
    else if ("upgrade" in found.value) location.assign((this.dataset.upgrade ?? "").replace("NAME", found.value.blueprint).replace("TO", found.value.upgrade));
    else if ("taken" in found.value) this.ask(found.value);
    else if ("along" in found.value) Object.assign(this.names, found.value.names), (this.lacking = found.value.along);
    else this.show(found.value);
  }

  private ask({ taken, names, adds }: Taken): void {
    if (adds) this.adds = adds;
    Object.assign(this.names, names);
    this.taken = [...new Set([...this.taken, ...taken])];
  }

  /** The plan; what was chosen an earlier time can be chosen again, and whoever may be meant by an unknown person is
   * proposed. */
  private show(plan: Plan): void {
    this.plan = plan;
    this.choices = { ...plan.choices, ...this.choices };
    this.ask({ taken: Object.keys(plan.choices ?? {}).filter((key) => plan.choices?.[key] !== ALONG), ...(plan.names ? { names: plan.names } : {}), ...(plan.adds ? { adds: plan.adds } : {}) });
    this.people = { ...Object.fromEntries((plan.strangers ?? []).map((each) => [each.email, each.near ?? ""])), ...this.people };
  }

  private strangers(): Stranger[] {
    return (this.plan?.strangers ?? []).filter((each) => this.samples || !each.sample);
  }

  /** What came along did so with what was chosen before: it is found out again. */
  private choose(key: string, choice: string): void {
    const all = (each: string): string => (this.adds.includes(each) && !CHOICES_OF_ADDED.includes(choice) ? "keep" : choice);
    const meant = Object.fromEntries(this.taken.map((each) => [each, key === "*" ? all(each) : key === each ? choice : this.choices[each]]));
    this.choices = Object.fromEntries(Object.entries(meant).filter((each): each is [string, string] => !!each[1]));
    if (this.taken.every((each) => this.choices[each])) void this.look();
  }

  private takeAlong(): void {
    this.choices = { ...this.choices, ...Object.fromEntries(this.lacking.map((each) => [each, ALONG])) };
    void this.look();
  }

  private async bring(event: Event): Promise<void> {
    event.preventDefault();
    Object.assign(this, { busy: true, refused: null });
    const meant = this.strangers().map((each) => [each.email, this.people[each.email]]);
    const people = Object.fromEntries(meant.filter(([, here]) => here)) as Record<string, string>;
    const body = { file: this.file, choices: this.choices, sample_data: this.samples, people, confirm: this.plan?.fingerprint };
    const found = await send<{ blueprints: string[] }>(this.dataset.url ?? "", body);
    this.busy = false;
    if (found && "value" in found) location.assign((this.dataset.done ?? "").replace("NAME", found.value.blueprints[0] ?? ""));
    else if (found && !goesOn(found.problem, this.dataset.waits)) this.refused = found.problem;
  }

  private select(key: string, label: string | TemplateResult): TemplateResult {
    const id = `choice-${key.replace(/\W/g, "-")}`;
    const all = this.taken.map((each) => this.choices[each]);
    const now = key === "*" ? (new Set(all).size === 1 ? all[0] : undefined) : this.choices[key];
    return html`<li><label class="grow" for=${id}>${label}</label>
      <select class="form-select" id=${id} @change=${(event: Event) => this.choose(key, (event.target as HTMLSelectElement).value)}>
        <option value="" disabled ?selected=${!now}>${this.say("choose")}</option>
        ${(this.adds.includes(key) ? CHOICES_OF_ADDED : CHOICES).map((each) => html`<option value=${each} ?selected=${now === each}>${this.say(each)}</option>`)}
      </select></li>`;
  }

  private called(key: string): TemplateResult {
    const name = this.names[key];
    return name ? html`${name} <span class="mono faint t-12 only-desk">${key}</span>` : html`<span class="mono">${key}</span>`;
  }

  /** A person there, and who of the people here that is. */
  private person(each: Stranger): TemplateResult {
    const id = `person-${each.email.replace(/\W/g, "-")}`;
    const known = JSON.parse(this.dataset.people ?? "[]") as [string, string][];
    const choose = (event: Event): void => {
      this.people = { ...this.people, [each.email]: (event.target as HTMLSelectElement).value };
    };
    return html`<li><label class="grow clip" title=${each.email} for=${id}>${each.email}</label>
      <select class="form-select" id=${id} .value=${this.people[each.email] ?? ""} @change=${choose}>
        <option value="" ?selected=${!this.people[each.email]}>${this.say("nobody")}</option>
        ${known.map(([name, email]) => html`<option value=${email} ?selected=${this.people[each.email] === email}>${name} · ${email}</option>`)}
      </select></li>`;
  }

  /** What copies need copies of, with one way to take these along; and those that come along. */
  private besides(): TemplateResult | typeof nothing {
    const coming = Object.keys(this.choices).filter((each) => this.choices[each] === ALONG);
    const list = (keys: string[]): TemplateResult => html`<ul class="checks">${keys.map((each) => html`<li><span>${this.called(each)}</span></li>`)}</ul>`;
    if (this.lacking.length)
      return html`<div class="note note-warn" role="alert">${icon("alert-circle")}<div class="stack grow"><p>${this.say("needed")}</p>${list(this.lacking)}
        <p><button type="button" class="btn btn-primary" @click=${() => this.takeAlong()}>${this.say("take")}</button> <span class="muted">${this.say("keep_instead")}</span></p></div></div>`;
    if (!coming.length) return nothing;
    return html`<section class="stack" aria-labelledby="along"><h2 id="along">${this.say("along")}</h2>${list(coming)}</section>`;
  }

  private asked(): TemplateResult | typeof nothing {
    const unknown = this.strangers();
    if (!unknown.length) return nothing;
    return html`<section class="stack" aria-labelledby="people"><h2 id="people">${this.say("people")}</h2>
      <p class="muted">${this.say("who")} ${this.say("left")}</p>
      <ul class="rules is-one">${unknown.map((each) => this.person(each))}</ul></section>`;
  }

  /** Why a file is not brought in: what, where, and what to do. */
  private why({ type, detail, title, errors = [] }: Refusal): TemplateResult {
    const more = errors.filter((each) => each.message !== detail);
    const todo = type?.endsWith("#bad_request") ? "mend" : this.taken.length && !this.isIn ? "otherwise" : "";
    return html`<div class="note note-bad" role="alert">${icon("alert-circle")}<div class="stack grow"><p>${this.isIn ? nothing : html`<b>${this.say("refused")}</b> `}${detail ?? title}</p>
      ${more.length ? this.faults(more.slice(0, FIRST)) : nothing}
      ${more.length > FIRST ? html`<details class="folded"><summary>${icon("chevron-right")}${this.say("more", more.length - FIRST)}</summary>${this.faults(more.slice(FIRST))}</details>` : nothing}
      ${todo ? html`<p>${this.say(todo)}</p>` : nothing}</div></div>`;
  }

  /** Whether the definitions came in, and only the sample records did not. */
  private get isIn(): boolean {
    return this.refused?.type?.endsWith("#samples") ?? false;
  }

  private faults(errors: Fault[]): TemplateResult {
    const place = ({ file, field }: Fault): string => [file, field].filter(Boolean).join(" ");
    return html`<ul class="checks">${errors.map((each) => html`<li><span><span class="mono">${place(each)}</span> ${each.message}</span></li>`)}</ul>`;
  }

  private list(steps: Step[]): TemplateResult {
    const rows = (step: Step): string => (step.rows ? ` · ${this.say("rows", step.rows)}` : "");
    return html`<ul class="told-steps">${steps.map((step) => html`<li><span class="pill pill-${TONES[step.grade]}">${this.say(step.grade)}</span><span>${step.text}<span class="faint">${rows(step)}</span></span></li>`)}</ul>`;
  }

  /** How many steps of each sort; those that somebody has to look at; and all of them, folded. */
  private planned({ steps }: Plan): TemplateResult {
    const grave = steps.filter((step) => step.grade !== "safe");
    const count = (grade: string): number => steps.filter((step) => step.grade === grade).length;
    return html`<dl class="facts">${GRADES.map((each) => html`<div><dt>${this.say(each)}</dt><dd class=${count(each) ? TONES[each] ?? "" : "faint"}>${this.say("steps", count(each))}</dd></div>`)}</dl>
      ${grave.length ? this.list(grave) : nothing}
      <details class="folded" ?open=${!grave.length && steps.length <= SHORT}><summary>${icon("chevron-right")}${this.say("all_steps", steps.length)}</summary>${this.list(steps)}</details>`;
  }

  private steps(plan: Plan): TemplateResult {
    if (!plan.steps.length) return html`<p class="note">${this.say("nothing")}</p>`;
    return html`<form class="stack-4" @submit=${(event: Event) => void this.bring(event)}>
      <h2>${this.say("plan")}</h2>
      ${this.planned(plan)}
      ${plan.stays?.map((said) => html`<p class="note">${said}</p>`)}
      ${plan.obstacles?.map((each) => html`<p class="note note-bad" role="alert">${each.message}</p>`)}
      ${plan.grade === "lossy" ? html`<label class="row-flex top"><input type="checkbox" class="form-check-input" required><span>${this.say("seen")}</span></label>` : nothing}
      ${plan.samples ? html`<label class="row-flex top"><input type="checkbox" class="form-check-input" .checked=${this.samples} @change=${(event: Event) => (this.samples = (event.target as HTMLInputElement).checked)}><span>${this.say("samples", plan.samples)}</span></label>` : nothing}
      ${this.asked()}
      <p><button class="btn btn-primary" ?disabled=${this.busy || !!plan.obstacles?.length}>${this.say("import")}</button></p></form>`;
  }

  render(): TemplateResult {
    return html`<div class="stack-6">
      <div class="drop-files" data-drop-files>${icon("package-import")}<label for="blueprint-file" class="medium">${this.say("file")}</label><sartor-file><input class="form-control" id="blueprint-file" type="file" accept=".zip,application/zip" @change=${(event: Event) => void this.read(event)}></sartor-file></div>
      ${this.refused ? this.why(this.refused) : nothing}
      ${this.taken.length && !this.isIn ? html`<section class="stack" aria-labelledby="taken"><h2 id="taken">${this.say("taken")}</h2>
        <ul class="rules is-one">${this.taken.length > 1 ? this.select("*", html`<b>${this.say("all")}</b>`) : nothing}${this.taken.map((each) => this.select(each, this.called(each)))}</ul></section>` : nothing}
      ${this.isIn ? nothing : this.besides()}
      ${this.busy ? html`<progress class="wide" aria-label=${this.say("reading")}></progress>` : nothing}
      ${this.plan && !this.isIn ? this.steps(this.plan) : nothing}</div>`;
  }
}

customElements.define("sartor-blueprint-import", BlueprintImport);
