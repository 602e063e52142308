// `select[data-picker]`: choosing among many, with search at the server (`data-search-url?q=`), new values
// (`data-create`), and a link to a form of a new record (`data-create-url`).
//
// The search answers JSON: {"options": [{"value": "…", "text": "…", "hint": "…", "dot": "stage-1"}], "more": true}.
import TomSelect from "tom-select/base";
import removeButton from "tom-select/dist/esm/plugins/remove_button/plugin.js";
import { all, icon } from "@ui/dom";
import { ask } from "@ui/net";
import { say } from "@ui/words";

TomSelect.define("remove_button", removeButton);

interface Found {
  value: string;
  text: string;
  hint?: string;
  dot?: string;
}

type Escape = (text: string) => string;

function shown(option: Found, escape: Escape): string {
  const dot = option.dot ? ` class="stage ${escape(option.dot)}"` : "";
  const hint = option.hint ? `<span class="push faint t-12">${escape(option.hint)}</span>` : "";
  return `<div class="row-flex"><span${dot}>${escape(option.text)}</span>${hint}</div>`;
}

/** What a picker remembers between a question and its answer. */
interface Search {
  found: Set<string>;
  /** Whether something was chosen since it was last typed into: the answer to an older question opens nothing then. */
  isOver: boolean;
}

/** Asks the server. What was found before goes, or it would stand above what is found now. */
function load(select: HTMLSelectElement, search: Search) {
  let last = "";
  return function (this: TomSelect, query: string, done: (options: Found[]) => void): void {
    const url = select.dataset.searchUrl ?? "";
    last = query;
    void ask(`${url}${url.includes("?") ? "&" : "?"}q=${encodeURIComponent(query)}`).then(async (answer) => {
      const options = answer?.ok ? ((await answer.json()) as { options: Found[] }).options : [];
      const isLast = query === last;
      if (isLast) {
        this.clearOptions();
        search.found = new Set(options.map((each) => each.value));
      }
      // The picker opens for every answer while it has the focus.
      const { isFocused } = this;
      this.isFocused = isFocused && (this.isOpen || !search.isOver);
      done(isLast ? options : []);
      this.isFocused = isFocused;
    });
  };
}

function options(select: HTMLSelectElement) {
  const searched = Boolean(select.dataset.searchUrl);
  const many = select.multiple;
  // What is chosen is kept by the picker, also where the search does not find it.
  const search: Search = { found: new Set(), isOver: false };
  const begin = () => {
    search.isOver = false;
  };
  return {
    plugins: many ? { remove_button: { title: say("remove") } } : {},
    valueField: "value",
    labelField: "text",
    searchField: searched ? [] : ["text", "hint"],
    create: "create" in select.dataset,
    persist: false,
    maxItems: many ? Number(select.dataset.max) || null : 1,
    allowEmptyOption: false,
    dropdownParent: null,
    closeAfterSelect: !many,
    preload: searched ? ("focus" as const) : false,
    loadThrottle: 200,
    shouldLoad: () => true,
    load: searched ? load(select, search) : undefined,
    score: searched ? () => (option: Found) => (search.found.has(option.value) ? 1 : 0) : undefined,
    onFocus: begin,
    onType: begin,
    onItemAdd() {
      search.isOver = !many;
    },
    onLoad(this: TomSelect) {
      this.refreshOptions(this.isFocused);
    },
    render: {
      option: shown,
      item: (option: Found, escape: Escape) => `<div>${option.dot ? `<span class="stage ${escape(option.dot)}">${escape(option.text)}</span>` : escape(option.text)}</div>`,
      no_results: () => `<div class="no-results">${say("no_hits")}</div>`,
      loading: () => `<div class="no-results">${say("searching")}</div>`,
      option_create: (data: { input: string }, escape: Escape) => `<div class="create">${say("create", { text: escape(data.input) })}</div>`,
    },
  };
}

export function startPickers(inside: ParentNode): void {
  for (const group of all("[data-reference]", inside)) startReference(group);
  for (const select of all<HTMLSelectElement & { tomselect?: TomSelect }>("select[data-picker]", inside)) {
    if (select.tomselect || select.closest("template")) continue;
    const picker = apart(select, () => new TomSelect(select, options(select) as never));
    name(select, picker);
    offerNew(select, picker);
    if (select.disabled) picker.disable();
  }
}

/** A picker asks for the style of its select: in the page, a form with hundreds of lines would be styled anew for each. */
function apart<Made>(select: HTMLElement, make: () => Made): Made {
  const place = document.createComment("");
  const aside = document.createElement("div");
  select.replaceWith(place);
  aside.append(select);
  const made = make();
  place.replaceWith(...aside.childNodes);
  return made;
}

/** The label and the error belong to the box that is typed into; readers meet only that. */
function name(select: HTMLSelectElement, picker: TomSelect): void {
  select.setAttribute("aria-hidden", "true");
  const box = picker.control_input;
  box.setAttribute("aria-label", select.getAttribute("aria-label") ?? "");
  for (const attribute of ["aria-describedby", "aria-invalid"]) {
    const value = select.getAttribute(attribute);
    if (value) box.setAttribute(attribute, value);
  }
}

/** A record that is not there yet is made in a tab of its own, so that this form stays as it is. */
function offerNew(select: HTMLSelectElement, picker: TomSelect): void {
  const url = select.dataset.createUrl;
  if (!url) return;
  const link = Object.assign(document.createElement("a"), { href: url, target: "_blank", className: "new-record" });
  link.append(icon("plus"), say("new_record"));
  link.addEventListener("mousedown", (event) => event.stopPropagation());
  picker.dropdown.append(link);
}

/** A reference first names the kind of record; the search follows it. */
function startReference(group: HTMLElement): void {
  const [kind, record] = all<HTMLSelectElement & { tomselect?: TomSelect }>("select", group);
  if (!kind || !record) return;
  const follow = () => {
    record.dataset.searchUrl = kind.selectedOptions[0]?.dataset.searchUrl ?? "";
  };
  follow();
  kind.addEventListener("change", () => {
    follow();
    record.tomselect?.clear();
    record.tomselect?.clearOptions();
    record.tomselect?.load("");
  });
}
