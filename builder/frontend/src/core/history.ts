// What was done in a designer: steps that can be taken back and done again, without limit.
import type { Definitions } from "./json";

/** One act. before, after: every definition that it changed. merge: steps with the same word become one (typing). */
export interface Step {
  text: string;
  before: Definitions;
  after: Definitions;
  merge?: string;
}

export class History {
  constructor(
    private done: Step[] = [],
    private undone: Step[] = [],
  ) {}

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  record(step: Step): void {
    const last = this.done.at(-1);
    this.undone = [];
    if (last?.merge && last.merge === step.merge) {
      this.done[this.done.length - 1] = { ...last, before: { ...step.before, ...last.before }, after: { ...last.after, ...step.after } };
    } else this.done.push(step);
  }

  /** What comes next is a step of its own, even if it goes on where the last one was. */
  seal(): void {
    const last = this.done.at(-1);
    if (last?.merge) this.done[this.done.length - 1] = { text: last.text, before: last.before, after: last.after };
  }

  undo(): Step | undefined {
    const step = this.done.pop();
    if (step) this.undone.push(step);
    return step;
  }

  redo(): Step | undefined {
    const step = this.undone.pop();
    if (step) this.done.push({ text: step.text, before: step.before, after: step.after });
    return step;
  }

  /** The steps as they are kept over a change of page. */
  toJSON(): { done: Step[]; undone: Step[] } {
    return { done: this.done, undone: this.undone };
  }
}
