// How a text is written on the canvas: as it stands there, with chips for values.
import { EditorView } from "@codemirror/view";
import { OFFERS } from "../expression/theme";

export const LETTER_THEME = EditorView.theme({
  "&": { background: "transparent", color: "var(--ink)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "1.7", overflow: "visible" },
  ".cm-content": { padding: "0", caretColor: "var(--ink)", minHeight: "24px" },
  ".cm-line": { padding: "0", overflowWrap: "anywhere" },
  ".cm-strong": { fontWeight: "var(--w-strong)" },
  ".cm-sign": { color: "var(--ink-3)", fontWeight: "var(--w-text)" },
  ".cm-point": { paddingInlineStart: "1em", textIndent: "-0.6em" },
  ".cm-chip": { display: "inline-block", maxWidth: "100%", padding: "0 6px", borderRadius: "var(--r-1)", background: "var(--accent-wash)", color: "var(--accent-ink)", lineHeight: "1.5", textIndent: "0", whiteSpace: "nowrap", overflow: "hidden", textOverflow: "ellipsis", verticalAlign: "bottom", cursor: "pointer" },
  ...OFFERS,
  ".cm-completionLabel": { fontFamily: "var(--font)", flex: "0 1 auto" },
  "@media (max-width: 640px)": { ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "11px 12px" } },
});
