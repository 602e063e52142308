// What a designer works on: definitions, what was done to them, what is wrong with them, and whether they are kept.
// Events: `change` (definitions), `state` (kept or not), `problems`, `merged` (what somebody else edited beside is in it),
// `conflict` (somebody else edited the same otherwise).
import { debounce } from "@ui/dom";
import { Drafts, type Problem, type Refused, type Tags } from "./drafts";
import { History, type Step } from "./history";
import { same, type Definition, type Definitions } from "./json";
import { merged } from "./merging";
import { turned } from "./turning";
import type { Unsaved } from "./unsaved";

export type State = "kept" | "waiting" | "keeping" | "refused" | "conflict" | "offline" | "signed_out";

/** Not kept, and not by itself in a moment. */
export const FAILED: readonly State[] = ["refused", "conflict", "offline", "signed_out"];
/** isStale: it stays as it is, since somebody else has edited the same since. */
export type Back = Step & { isStale: boolean };
const KEEP_AFTER = 500;
const CHECK_AFTER = 200;
const AGAIN_AFTER = 5000;
/** Somebody else may save once more while it is put together: so often it is tried. */
const TRIES = 3;

/** A property that somebody else edited, too, and otherwise. */
export interface Clash {
  key: string;
  path: string[];
}

export class Workbench extends EventTarget {
  documents: Definitions = {};
  problems: Problem[] = [];
  /** Whether the problems are those of the definitions as they are now. */
  isChecked = false;
  state: State = "kept";
  /** Whether something could not be kept; an edit that is on its way since may fail as well. */
  hasFailed = false;
  history = new History();
  /** What a conflict is about. */
  clashes: Clash[] = [];
  private kept: Definitions = {};
  private tags: Tags = {};
  private checking: AbortController | undefined;
  private running: Promise<void> | undefined;
  private keepSoon = debounce(() => void this.keep(), KEEP_AFTER);
  private checkSoon = debounce(() => void this.check(), CHECK_AFTER);

  constructor(readonly drafts: Drafts) {
    super();
  }

  /** Fetches a definition to be edited. */
  async open(key: string): Promise<Definition | null> {
    const found = await this.there(key);
    this.documents = { ...this.documents, [key]: found?.document ?? null };
    this.kept[key] = this.documents[key] ?? null;
    this.tags[key] = found?.tag ?? null;
    this.tell("change");
    return found?.document ?? null;
  }

  /** What the server has; asked again until it tells, since nothing may be edited that merely was not told. */
  private async there(key: string): Promise<{ document: Definition; tag: string } | null> {
    for (;;) {
      const found = await this.drafts.get(key);
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER));
    }
  }

  /** An act of the designer. before: of definitions that were not open. */
  change(text: string, after: Definitions, more: { merge?: string; before?: Definitions } = {}): void {
    const before = Object.fromEntries(Object.keys(after).map((key) => [key, this.documents[key] ?? more.before?.[key] ?? null]));
    this.history.record({ text, before, after, ...(more.merge ? { merge: more.merge } : {}) });
    this.take(after, before);
  }

  /** The step that was taken back, and whether it could be. */
  undo(): Back | undefined {
    const step = this.history.undo();
    return step && this.turn(step, step.after, step.before);
  }

  /** The step that was done again, and whether it could be. */
  redo(): Back | undefined {
    const step = this.history.redo();
    return step && this.turn(step, step.before, step.after);
  }

  private turn(step: Step, from: Definitions, to: Definitions): Back {
    const { documents, isStale } = turned(from, to, this.documents);
    this.take(documents, from);
    return { ...step, isStale };
  }

  private take(now: Definitions, before: Definitions): void {
    for (const key of Object.keys(now)) if (!(key in this.kept)) this.kept[key] = before[key] ?? null;
    this.documents = { ...this.documents, ...now };
    this.isChecked = false;
    if (this.state !== "conflict") this.become("waiting");
    this.tell("change");
    this.keepSoon();
    this.checkSoon();
  }

  /** What is edited here and not kept yet. */
  get waiting(): Definitions {
    const names = Object.keys(this.documents).filter((key) => !same(this.documents[key], this.kept[key]));
    return Object.fromEntries(names.map((key) => [key, this.documents[key] ?? null]));
  }

  /** What waits, with what it was made upon. */
  get unsaved(): Unsaved {
    const edits = this.waiting;
    return { edits, base: Object.fromEntries(Object.keys(edits).map((key) => [key, this.kept[key] ?? null])) };
  }

  /** Goes on with what was not kept when the page was left; a conflict where the server has something else since. */
  resume({ base, edits }: Unsaved): void {
    if (!Object.keys(edits).length) return;
    const theirs = Object.fromEntries(Object.keys(edits).map((key) => [key, this.kept[key] ?? null]));
    this.documents = { ...this.documents, ...edits };
    Object.assign(this.kept, base);
    if (this.putTogether(theirs)) return void this.keep();
    this.tell("change");
    this.become("conflict", "conflict");
  }

  /** Whether what waits goes together with what is there now, which it is then; what clashes is told. */
  private putTogether(theirs: Definitions): boolean {
    const made = Object.entries(theirs).map(([key, there]) => ({ key, ...merged(this.kept[key] ?? null, this.documents[key] ?? null, there) }));
    this.clashes = made.flatMap(({ key, clashes }) => clashes.map((path) => ({ key, path })));
    if (this.clashes.length) return false;
    this.documents = { ...this.documents, ...Object.fromEntries(made.map(({ key, value }) => [key, value])) };
    Object.assign(this.kept, theirs);
    this.tell("change");
    return true;
  }

  /** What is there now of definitions that wait, whose tags are known from here on. */
  private async theirs(): Promise<Definitions> {
    const found: Definitions = {};
    for (const key of Object.keys(this.waiting)) {
      const there = await this.there(key);
      found[key] = there?.document ?? null;
      this.tags[key] = there?.tag ?? null;
    }
    return found;
  }

  /** What somebody else, or another tab, has edited meanwhile comes in beside what is edited here. */
  async freshen(): Promise<void> {
    const seen = { ...this.tags };
    const found = await Promise.all(Object.keys(seen).map(async (key) => ({ key, there: await this.drafts.get(key) })));
    const news = found.filter(({ key, there }) => there && there.tag !== seen[key] && this.tags[key] === seen[key]);
    if (this.state !== "kept" || !news.length || Object.keys(this.waiting).length) return;
    for (const { key, there } of news) this.tags[key] = there?.tag ?? null;
    if (this.putTogether(Object.fromEntries(news.map(({ key, there }) => [key, there?.document ?? null])))) this.tell("merged");
    void this.check();
  }

  /** Keeps now what waits. One request at a time: the next one needs the tag that the last one gave. */
  async keep(): Promise<void> {
    while (this.running) await this.running;
    const edited = this.waiting;
    if (this.state === "conflict") return;
    if (!Object.keys(edited).length) return this.become("kept");
    this.running = this.send(edited);
    await this.running;
    this.running = undefined;
  }

  private async send(edited: Definitions, tries = TRIES): Promise<void> {
    this.become("keeping");
    await this.fetchTags(Object.keys(edited));
    const seen = Object.fromEntries(Object.keys(edited).map((key) => [key, this.tags[key] ?? null]));
    const answer = await this.drafts.keep(edited, seen);
    if ("tags" in answer) {
      Object.assign(this.tags, answer.tags);
      Object.assign(this.kept, edited);
      this.become(Object.keys(this.waiting).length ? "waiting" : "kept");
    } else if (answer.status === 409) await this.settle(tries);
    else if (answer.status === 0 || answer.status >= 500) {
      this.become("offline");
      setTimeout(this.keepSoon, AGAIN_AFTER);
    } else if (isSignedOut(answer)) {
      this.become("signed_out");
      setTimeout(this.comeBack, AGAIN_AFTER);
    } else this.become("refused");
  }

  /** Somebody else has saved meanwhile: what he edited beside comes in; what clashes waits for a decision. */
  private async settle(tries: number): Promise<void> {
    const theirs = await this.theirs();
    const isNews = Object.keys(theirs).some((key) => !same(theirs[key], this.kept[key]));
    if (!isNews || !tries || !this.putTogether(theirs)) return this.become("conflict", "conflict");
    this.tell("merged");
    const edited = this.waiting;
    if (Object.keys(edited).length) return this.send(edited, tries - 1);
    this.become("kept");
  }

  /** Once somebody is signed in again, in whatever tab, what waits is kept. */
  private comeBack = async (): Promise<void> => {
    if (await this.drafts.renew()) this.keepSoon();
    else setTimeout(this.comeBack, AGAIN_AFTER);
  };

  /** Tags of definitions that came in by a rename or a retirement; none where nothing was, or where somebody has edited it since. */
  private async fetchTags(keys: string[]): Promise<void> {
    const unknown = keys.filter((key) => !(key in this.tags));
    await Promise.all(unknown.map(async (key) => {
      const found = this.kept[key] ? await this.drafts.get(key) : null;
      this.tags[key] = found && same(found.document, this.kept[key]) ? found.tag : null;
    }));
  }

  /** After a conflict: what the other one did where it clashes, as a step that can be taken back. */
  async takeTheirs(text: string): Promise<void> {
    const theirs = await this.theirs();
    const both = Object.fromEntries(Object.entries(theirs).map(([key, there]) => [key, this.besideMine(key, there)]));
    this.takeIn(theirs);
    this.become("kept");
    this.change(text, both);
  }

  /** Theirs, and what is edited here beside. */
  private besideMine(key: string, theirs: Definition | null): Definition | null {
    const base = this.kept[key] ?? null;
    return same(base, theirs) ? theirs : merged(base, theirs, this.documents[key] ?? null).value;
  }

  /** After a conflict: this one's own edits in place of the other's, where they clash. */
  async keepMine(): Promise<void> {
    this.takeIn(await this.theirs());
    this.become("waiting");
    this.tell("change");
    await this.keep();
  }

  /** Goes on upon what is there now; what is edited here stays. */
  private takeIn(theirs: Definitions): void {
    const both = Object.entries(theirs).map(([key, there]) => [key, merged(this.kept[key] ?? null, this.documents[key] ?? null, there).value]);
    this.documents = { ...this.documents, ...Object.fromEntries(both) };
    Object.assign(this.kept, theirs);
  }

  async check(): Promise<void> {
    this.checking?.abort();
    this.checking = new AbortController();
    const judged = this.documents;
    const found = await this.drafts.problems(this.waiting, this.checking.signal);
    if (found === null || judged !== this.documents) return;
    this.problems = found;
    this.isChecked = true;
    this.tell("problems");
  }

  private become(state: State, event = "state"): void {
    this.state = state;
    this.hasFailed = state !== "kept" && (this.hasFailed || FAILED.includes(state));
    this.tell("state");
    if (event !== "state") this.tell(event);
  }

  private tell(event: string): void {
    this.dispatchEvent(new Event(event));
  }
}

/** Whether the session that the page was opened in is over; another one has another token. */
function isSignedOut(answer: Refused): boolean {
  return answer.status === 401 || (answer.status === 403 && answer.refusal.type === "about:blank#csrf");
}
