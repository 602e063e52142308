// The editor of a text with values in it: CodeMirror on the text as the definition keeps it, where `{{ name }}` is drawn
// as a chip. A chip that is clicked shows what it stands for, to be edited. Steps are taken back by the designer.
import { acceptCompletion, autocompletion, closeCompletion, completionKeymap, completionStatus, startCompletion, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap } from "@codemirror/commands";
import { EditorSelection, EditorState, Prec, Transaction, type Range } from "@codemirror/state";
import { Decoration, EditorView, keymap, ViewPlugin, WidgetType, type DecorationSet, type KeyBinding, type ViewUpdate } from "@codemirror/view";
import type { Handle } from "../expression/editor";
import { BOLD, bolds, spans, withField, wordAt, type Span } from "./merging";
import { LETTER_THEME } from "./letter_theme";

/** A field that may be put in. */
export interface Field {
  path: string;
  label: string;
}

export interface LetterWanted {
  root: ShadowRoot;
  parent: HTMLElement;
  text: string;
  label: string;
  fields: readonly Field[];
  /** What people call an expression. */
  called(expression: string): string;
  change(text: string): void;
  leave(): void;
}

export interface LetterHandle extends Handle {
  /** Puts a field in where the cursor is; without one it asks for it. */
  insert(path?: string): void;
  bold(): void;
  points(): void;
}

const MOST = 60;

class Chip extends WidgetType {
  constructor(readonly text: string, readonly expression: string) {
    super();
  }

  override eq(other: Chip): boolean {
    return other.text === this.text && other.expression === this.expression;
  }

  override toDOM(): HTMLElement {
    return Object.assign(document.createElement("span"), { className: "cm-chip", textContent: this.text, title: this.expression });
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

function isOpen(state: EditorState, { from, to }: Span): boolean {
  const { head } = state.selection.main;
  return head > from && head < to;
}

/** Expressions that are drawn as chips: on one line, and not the one in which the cursor is. */
function chips(state: EditorState): Span[] {
  const text = state.doc.toString();
  return spans(text).filter((each) => !isOpen(state, each) && !text.slice(each.from, each.to).includes("\n"));
}

function chipSet(state: EditorState, called: LetterWanted["called"]): DecorationSet {
  return Decoration.set(chips(state).map(({ from, to, expression }) => Decoration.replace({ widget: new Chip(called(expression), expression) }).range(from, to)));
}

/** Bold type with its signs in a paler ink, points set in. */
function markSet(state: EditorState): DecorationSet {
  const text = state.doc.toString();
  const found: Range<Decoration>[] = [];
  for (const { from, to } of bolds(text)) {
    found.push(Decoration.mark({ class: "cm-strong" }).range(from, to), SIGN.range(from, from + BOLD.length));
    if (to - from > BOLD.length && text.endsWith(BOLD, to)) found.push(SIGN.range(to - BOLD.length, to));
  }
  for (let number = 1; number <= state.doc.lines; number++) {
    const line = state.doc.line(number);
    if (line.text.startsWith("- ")) found.push(Decoration.line({ class: "cm-point" }).range(line.from));
  }
  return Decoration.set(found, true);
}
const SIGN = Decoration.mark({ class: "cm-sign" });

function drawing(called: LetterWanted["called"]) {
  class Drawn {
    chips: DecorationSet;
    marks: DecorationSet;

    constructor(view: EditorView) {
      this.chips = chipSet(view.state, called);
      this.marks = markSet(view.state);
    }

    update(update: ViewUpdate): void {
      if (!update.docChanged && !update.selectionSet) return;
      this.chips = chipSet(update.state, called);
      if (update.docChanged) this.marks = markSet(update.state);
    }
  }
  const plugin = ViewPlugin.fromClass(Drawn, { provide: (made) => [
    EditorView.decorations.of((view) => view.plugin(made)?.chips ?? Decoration.none),
    EditorView.decorations.of((view) => view.plugin(made)?.marks ?? Decoration.none),
    EditorView.atomicRanges.of((view) => view.plugin(made)?.chips ?? Decoration.none),
  ] });
  return plugin;
}

/** A click on a chip goes into it. */
const opening = EditorView.domEventHandlers({
  mousedown(event, view) {
    const chip = (event.target as Element).closest(".cm-chip");
    if (!chip) return false;
    const at = view.posAtDOM(chip);
    const span = chips(view.state).find((each) => each.from === at);
    if (!span) return false;
    view.focus();
    view.dispatch({ selection: { anchor: span.to - 2 } });
    event.preventDefault();
    return true;
  },
});

export function openLetter(wanted: LetterWanted): LetterHandle {
  const view = new EditorView({ root: wanted.root, parent: wanted.parent, state: EditorState.create({ doc: wanted.text, extensions: extensions(wanted) }) });
  return {
    get text() {
      return view.state.doc.toString();
    },
    put: (text) => view.dispatch({ changes: difference(view.state.doc.toString(), text), annotations: Transaction.remote.of(true) }),
    // What is wrong is said below the text, by the canvas.
    faults: () => undefined,
    focus(from = view.state.doc.length, to = from) {
      view.focus();
      view.dispatch({ selection: { anchor: from, head: to } });
    },
    canUndo: () => false,
    insert: (path) => insert(view, path),
    bold: () => void bold(view),
    points: () => points(view),
    close: () => view.destroy(),
  };
}

/** What is other between two texts, so that the cursor stays where it was. */
export function difference(before: string, after: string): { from: number; to: number; insert: string } {
  let from = 0;
  while (from < before.length && from < after.length && before[from] === after[from]) from++;
  let same = 0;
  while (same < before.length - from && same < after.length - from && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { from, to: before.length - same, insert: after.slice(from, after.length - same) };
}

function extensions(wanted: LetterWanted) {
  return [
    drawing(wanted.called),
    opening,
    EditorView.lineWrapping,
    LETTER_THEME,
    EditorView.contentAttributes.of({ "aria-label": wanted.label, "aria-multiline": "true", spellcheck: "true" }),
    autocompletion({ override: [(context) => completing(wanted, context)], icons: false, maxRenderedOptions: MOST, defaultKeymap: false }),
    Prec.highest(keymap.of([{ key: "Tab", run: acceptCompletion }])),
    keymap.of([...ours(wanted), ...completionKeymap, ...defaultKeymap]),
    EditorView.updateListener.of((update) => {
      const isOwn = !update.transactions.some((each) => each.annotation(Transaction.remote));
      if (update.docChanged && isOwn) wanted.change(update.state.doc.toString());
    }),
  ];
}

function ours(wanted: LetterWanted): KeyBinding[] {
  const leave = () => {
    wanted.leave();
    return true;
  };
  // A list that is still being asked for is no reason to stay.
  const escape = (view: EditorView) => (completionStatus(view.state) === "active" ? closeCompletion(view) : leave());
  return [{ key: "Escape", run: escape }, { key: "Mod-Enter", run: leave }, { key: "Mod-b", run: bold }, { key: "F2", run: unfold }];
}

/** Goes into the chip beside the cursor. */
function unfold(view: EditorView): boolean {
  const { head } = view.state.selection.main;
  const span = chips(view.state).find((each) => each.to === head) ?? chips(view.state).find((each) => each.from === head);
  if (span) view.dispatch({ selection: { anchor: span.to - 2 } });
  return true;
}

function insert(view: EditorView, path = ""): void {
  const { from, to } = view.state.selection.main;
  const made = path ? withField("", 0, path).text : "{{ ";
  const space = /[\w)\]}]$/.test(view.state.sliceDoc(0, from)) ? " " : "";
  view.focus();
  view.dispatch({ changes: { from, to, insert: space + made }, selection: { anchor: from + space.length + made.length } });
  if (!path) startCompletion(view);
}

/** Around what is marked, or where the cursor is; taken off where it stands already. */
function bold(view: EditorView): boolean {
  view.dispatch(view.state.changeByRange(({ from, to }) => {
    const had = view.state.sliceDoc(from - BOLD.length, from) === BOLD && view.state.sliceDoc(to, to + BOLD.length) === BOLD;
    const changes = had ? [{ from: from - BOLD.length, to: from }, { from: to, to: to + BOLD.length }] : [{ from, insert: BOLD }, { from: to, insert: BOLD }];
    const by = had ? -BOLD.length : BOLD.length;
    return { changes, range: EditorSelection.range(from + by, to + by) };
  }));
  view.focus();
  return true;
}

/** The lines that are marked become points, or lines again. */
function points(view: EditorView): void {
  const { from, to } = view.state.selection.main;
  const [first, last] = [view.state.doc.lineAt(from).number, view.state.doc.lineAt(to).number];
  const lines = Array.from({ length: last - first + 1 }, (_, number) => view.state.doc.line(first + number));
  const isOff = lines.every((each) => each.text.startsWith("- "));
  view.dispatch({ changes: lines.map((each) => (isOff ? { from: each.from, to: each.from + 2 } : { from: each.from, insert: "- " })) });
  view.focus();
}

// ---- completion

function completing({ fields }: LetterWanted, context: CompletionContext): CompletionResult | null {
  const found = wordAt(context.state.doc.toString(), context.pos);
  if (!found) return null;
  const word = found.word.toLowerCase();
  const fitting = fields.filter((each) => each.path.toLowerCase().includes(word) || each.label.toLowerCase().includes(word));
  const options = fitting.slice(0, MOST).map((each): Completion => ({ label: each.path, displayLabel: each.label, detail: each.path, apply }));
  return { from: found.from, options, filter: false };
}

/** The braces are closed where they were not; the cursor goes on behind them. */
function apply(view: EditorView, { label }: Completion, from: number, to: number): void {
  const text = view.state.doc.toString();
  const isClosed = spans(text).some((each) => each.from < from && each.to > to);
  const space = text[from - 1] === "{" ? " " : "";
  const insert = `${space}${label}${isClosed ? "" : " }}"}`;
  view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, userEvent: "input.complete" });
}
