// How the editor of expressions looks: the tokens of the page, which reach into its shadow root.
import { EditorView } from "@codemirror/view";

const BOX = { border: "1px solid var(--line-3)", borderRadius: "var(--r-2)", background: "var(--paper)", color: "var(--ink)" };

/** The list that a completion opens. */
export const OFFERS = {
  ".cm-tooltip": { border: "1px solid var(--line-2)", borderRadius: "var(--r-2)", background: "var(--paper)", color: "var(--ink)", boxShadow: "var(--float)", fontFamily: "var(--font)", fontSize: "var(--t-12)", zIndex: "50" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--font)", maxHeight: "16em", maxWidth: "min(420px, 92vw)", minWidth: "200px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "5px 10px", lineHeight: "1.4", display: "flex", gap: "8px", alignItems: "baseline" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { background: "var(--accent-wash)", color: "var(--accent-ink)" },
  ".cm-completionLabel": { fontFamily: "var(--mono)", flex: "0 1 auto" },
  ".cm-completionDetail": { fontStyle: "normal", color: "var(--ink-3)", marginInlineStart: "auto", flex: "0 1 auto", textAlign: "end", textOverflow: "ellipsis", overflow: "hidden" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
};

export const THEME = EditorView.theme({
  "&": { ...BOX, fontSize: "var(--t-12)", minHeight: "var(--control)" },
  "&:has(.cm-content[aria-invalid=true])": { borderColor: "var(--bad)" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", maxHeight: "240px" },
  ".cm-content": { padding: "5px 4px", caretColor: "var(--ink)", minHeight: "calc(var(--control) - 2px)", boxSizing: "border-box" },
  ".cm-line": { padding: "0 5px", overflowWrap: "anywhere" },
  ".cm-placeholder": { color: "var(--ink-3)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--bad)", textUnderlineOffset: "3px" },
  ".cm-matchingBracket": { background: "var(--accent-wash) !important", outline: "1px solid var(--accent-line)" },
  ...OFFERS,
  ".cm-completionInfo": { padding: "8px 10px", maxWidth: "min(320px, 90vw)" },
  ".cm-completionInfo p": { margin: "4px 0" },
  ".cm-completionInfo code": { fontFamily: "var(--mono)", fontSize: "var(--t-11)", color: "var(--ink-2)" },
  ".cm-diagnostic": { padding: "6px 10px", borderInlineStart: "3px solid var(--bad)" },
  // Inside a media rule no `&` is known. Below 16 px a phone would zoom in on what is typed into.
  "@media (max-width: 640px)": { ".cm-scroller": { fontSize: "var(--t-16)" }, ".cm-content": { padding: "7px 4px" }, ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "11px 12px" } },
});
