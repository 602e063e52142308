// The editor of expressions: CodeMirror with our own lexer. A script of its own, fetched when the first one is drawn.
// It lives in a shadow root, where its styles are constructed sheets and the page's policy holds.
import { acceptCompletion, autocompletion, completionKeymap, completionStatus, startCompletion, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, redo, redoDepth, undo, undoDepth } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { lintKeymap, setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState, Transaction } from "@codemirror/state";
import { EditorView, keymap, placeholder, repositionTooltips, ViewPlugin, type KeyBinding } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { debounce } from "@ui/dom";
import type { Fault, FunctionAbout, Offer } from "./asking";
import { FINGER } from "./finger";
import { functionAt, token, tokens, type Kind } from "./lexer";
import { THEME } from "./theme";

export interface Wanted {
  root: ShadowRoot;
  parent: HTMLElement;
  text: string;
  label: string;
  hint: string;
  /** Shown while there is no text. */
  example: string;
  isOneLine: boolean;
  offers(text: string, position: number): Promise<Offer[]>;
  functions(): Promise<FunctionAbout[]>;
  change(text: string): void;
  help(about: FunctionAbout): void;
}

/** What the page may do with an open editor. */
export interface Handle {
  readonly text: string;
  put(text: string): void;
  faults(found: Fault[]): void;
  focus(from?: number, to?: number): void;
  canUndo(isRedo: boolean): boolean;
  close(): void;
}

const COMPOSED_AFTER = 1000;
const TAGS: Partial<Record<Kind, string>> = { keyword: "keyword", value: "atom", text: "string", number: "number", date: "string", function: "function", name: "name", operator: "operator", bracket: "bracket", wrong: "invalid" };

const language = StreamLanguage.define({
  token(stream) {
    const next = token(stream.string.slice(stream.pos));
    stream.pos += next.text.length;
    return TAGS[next.kind] ?? null;
  },
  tokenTable: { keyword: tags.keyword, atom: tags.atom, string: tags.string, number: tags.number, function: tags.function(tags.name), name: tags.name, operator: tags.operator, bracket: tags.bracket, invalid: tags.invalid },
});

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent-ink)", fontWeight: "var(--w-medium)" },
  { tag: tags.function(tags.name), color: "var(--accent-ink)" },
  { tag: [tags.string, tags.atom], color: "var(--good)" },
  { tag: tags.number, color: "var(--warn)" },
  { tag: [tags.operator, tags.bracket], color: "var(--ink-2)" },
  { tag: tags.invalid, color: "var(--bad)" },
]);

export function open(wanted: Wanted): Handle {
  const labels = new Compartment();
  const view = new EditorView({ root: wanted.root, parent: wanted.parent, state: EditorState.create({ doc: wanted.text, extensions: [...extensions(wanted), labels.of(attributes(wanted, false))] }) });
  return {
    get text() {
      return view.state.doc.toString();
    },
    put(text) {
      // What came from outside is no step of this editor's own undo.
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, annotations: [Transaction.addToHistory.of(false), Transaction.remote.of(true)] });
    },
    faults(found) {
      const text = view.state.doc.toString();
      view.dispatch(setDiagnostics(view.state, found.map((each) => ({ ...extent(text, each.position), severity: "error", message: each.message }))));
      view.dispatch({ effects: labels.reconfigure(attributes(wanted, found.length > 0)) });
    },
    focus(from = view.state.doc.length, to = from) {
      view.focus();
      view.dispatch({ selection: { anchor: from, head: to } });
    },
    canUndo: (isRedo) => (isRedo ? redoDepth : undoDepth)(view.state) > 0,
    close: () => view.destroy(),
  };
}

function attributes(wanted: Wanted, isWrong: boolean) {
  return EditorView.contentAttributes.of({ "aria-label": wanted.label, "aria-description": wanted.hint, "aria-invalid": String(isWrong), spellcheck: "false", autocapitalize: "off", autocorrect: "off" });
}

function extensions(wanted: Wanted) {
  return [
    language,
    syntaxHighlighting(colours),
    history(),
    bracketMatching(),
    EditorView.lineWrapping,
    THEME,
    STAYS_BESIDE,
    placeholder(wanted.example),
    EditorView.domEventHandlers({ focus: (_event, view) => void (isByFinger() && !view.state.doc.length && startCompletion(view)) }),
    autocompletion({ override: [(context) => completing(wanted, context)], icons: false, activateOnTypingDelay: 60, maxRenderedOptions: 60 }),
    keymap.of([...ours(wanted), ...completionKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap]),
    telling(wanted),
  ];
}

/** What an input method still composes is no text yet (`jin'e` before 金额): it is told once it is, or after a rest, as
 * some keyboards compose whole words. */
function telling(wanted: Wanted) {
  let told = wanted.text;
  const tell = (view: EditorView) => {
    const text = view.state.doc.toString();
    if (text === told || !view.dom.isConnected) return;
    told = text;
    wanted.change(text);
  };
  let rested: EditorView | undefined;
  const afterRest = debounce(() => rested && tell(rested), COMPOSED_AFTER);
  return [
    EditorView.updateListener.of((update) => {
      if (!update.docChanged) return;
      rested = update.view;
      if (update.transactions.some((each) => each.annotation(Transaction.remote))) told = update.state.doc.toString();
      else if (update.view.compositionStarted) afterRest();
      else tell(update.view);
    }),
    EditorView.domEventHandlers({ compositionend: (_event, view) => void setTimeout(() => tell(view)) }),
  ];
}

/** What is said above the box pushes it down or pulls it up, and the list of offers goes along: it would hide what is typed. */
const STAYS_BESIDE = ViewPlugin.define((view) => {
  const moved = new ResizeObserver(() => repositionTooltips(view));
  for (let each: Element | null = view.dom; each; each = above(each)) moved.observe(each);
  return { destroy: () => moved.disconnect() };
});

/** The element that one lies in, also out of a shadow root. */
function above(element: Element): Element | null {
  const root = element.getRootNode();
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}

/** Whether there may be no keys to ask with: what may stand here is offered at once. */
const isByFinger = (): boolean => matchMedia(FINGER).matches;

function ours(wanted: Wanted): KeyBinding[] {
  const help = (view: EditorView) => {
    const name = functionAt(view.state.doc.toString(), view.state.selection.main.head);
    void wanted.functions().then((all) => {
      const about = all.find((each) => each.name === name);
      if (about) wanted.help(about);
    });
    return true;
  };
  const enter = (view: EditorView) => acceptCompletion(view) || wanted.isOneLine;
  return [{ key: "F1", run: help }, { key: "Enter", run: enter }, { key: "Tab", run: (view) => completionStatus(view.state) === "active" && acceptCompletion(view) }, { key: "Mod-z", run: undo }, { key: "Mod-Shift-z", run: redo }];
}

/** The word that is wrong: the token at the position, or the last one where something is missing at the end. */
function extent(text: string, position: number): { from: number; to: number } {
  let start = 0;
  let last = { from: 0, to: Math.max(text.length, 0) };
  for (const each of tokens(text)) {
    const end = start + each.text.length;
    if (each.kind !== "space") last = { from: start, to: end };
    if (position < end && each.kind !== "space") return last;
    start = end;
  }
  return last;
}

// ---- completion

/** Where a value or a name has to follow. */
const WAITS = /(?:[=<>(,[]|\b(?:in|and|or|not|between))\s*$/i;

async function completing(wanted: Wanted, context: CompletionContext): Promise<CompletionResult | null> {
  const text = context.state.doc.toString();
  const before = text.slice(0, context.pos);
  if (!context.explicit && !/[\p{L}\p{N}_.']$/u.test(before) && !(isByFinger() && WAITS.test(before))) return null;
  if (!context.explicit && /(?:^|[^\p{L}_\p{N}.])\d+\.?\d*$/u.test(before)) return null;
  const [offers, functions] = await Promise.all([wanted.offers(text, context.pos), wanted.functions()]);
  const from = offers[0]?.start;
  if (from === undefined || context.aborted) return null;
  return { from, options: offers.map((each, place) => option(each, functions, -place)), filter: false };
}

const BOOST = 90;

function option(offer: Offer, functions: FunctionAbout[], place: number): Completion {
  const name = offer.text.replace(/\($/, "");
  const about = offer.kind === "function" ? functions.find((each) => each.name === name) : undefined;
  const made: Completion = {
    label: name,
    displayLabel: about ? about.signature : offer.kind === "value" ? offer.label || name : name,
    detail: offer.kind === "value" ? name : [offer.label, offer.detail].filter(Boolean).join(" · "),
    type: offer.kind,
    boost: BOOST + place,
    apply: (view, completion, from, to) => apply(view, completion, { from, to }),
  };
  return about ? { ...made, info: () => told(about) } : made;
}

/** A call gets its brackets with the cursor between them; a value replaces the quote that was there already. */
function apply(view: EditorView, completion: Completion, { from, to }: { from: number; to: number }): void {
  const after = view.state.sliceDoc(to, to + 1);
  const isCall = completion.type === "function" && after !== "(";
  const end = completion.type === "value" && after === "'" ? to + 1 : to;
  const insert = completion.label + (isCall ? "()" : "");
  const isEmpty = isCall && /\(\)$/.test(completion.displayLabel ?? "");
  view.dispatch({ changes: { from, to: end, insert }, selection: { anchor: from + insert.length - (isCall && !isEmpty ? 1 : 0) }, userEvent: "input.complete", annotations: Transaction.addToHistory.of(true) });
}

function told(about: FunctionAbout): HTMLElement {
  const box = document.createElement("div");
  const line = (tag: string, text: string) => Object.assign(box.appendChild(document.createElement(tag)), { textContent: text });
  line("b", about.signature);
  line("p", about.help);
  line("code", `${about.example} = ${about.gives}`);
  return box;
}
