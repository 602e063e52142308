// <sartor-form data-preview-url>: a form whose rules are judged by the server while it is filled in.
//
// After a pause the fields are POSTed to the preview address; the answer is JSON (`Preview`, see preview.ts) with what
// the writer would make of them: computed values, which fields are visible, required, read-only, and what is wrong.
// Only fields that were touched show their errors before the form is sent; the first request is made on load.
import { plainOf } from "./amounts";
import { all, debounce } from "@ui/dom";
import { ask } from "@ui/net";
import { applyPreview, type Preview } from "./preview";
import { say } from "@ui/words";

export class SartorForm extends HTMLElement {
  private touched = new Set<string>();
  private asking: AbortController | null = null;
  private untouched = "";

  connectedCallback(): void {
    const form = this.form;
    if (!form) return;
    this.untouched = this.encoded();
    const later = debounce(() => void this.preview(), 350);
    form.addEventListener("input", (event) => {
      this.touch(event.target as Element);
      later();
    });
    form.addEventListener("change", (event) => {
      this.touch(event.target as Element);
      later();
    });
    form.addEventListener("formdata", (event) => {
      withoutFilled(form, event.formData);
      withoutClosed(form, event.formData);
    });
    form.addEventListener("click", (event) => this.fix(event));
    if (this.dataset.previewUrl) void this.preview();
    const summary = this.querySelector<HTMLElement>("[data-summary]:not([hidden])");
    if (summary && !this.closest("dialog")) summary.focus({ preventScroll: false });
  }

  disconnectedCallback(): void {
    this.asking?.abort();
  }

  get form(): HTMLFormElement | null {
    return this.querySelector("form");
  }

  private encoded(): string {
    return new URLSearchParams(new FormData(this.form as HTMLFormElement) as unknown as Record<string, string>).toString();
  }

  private touch(target: Element): void {
    const field = target.closest<HTMLElement>("[data-field]")?.dataset.field;
    if (field) this.touched.add(field);
    delete (target as HTMLElement).dataset.filled;
    const count = this.touched.size;
    const said = this.querySelector("[data-unsaved]");
    if (said) said.textContent = count && this.encoded() !== this.untouched ? say("unsaved", { n: count }) : "";
  }

  /** "Use it": puts the repaired value into the field. */
  private fix(event: Event): void {
    const button = (event.target as Element).closest<HTMLElement>("[data-fix]");
    const field = button?.closest<HTMLElement>("[data-field]");
    const control = field?.querySelector<HTMLInputElement>(".form-control, .form-select");
    if (!button || !field || !control) return;
    control.value = button.dataset.fix ?? "";
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.focus();
  }

  async preview(): Promise<void> {
    const url = this.dataset.previewUrl;
    if (!url || !this.form) return;
    this.asking?.abort();
    this.asking = new AbortController();
    const headers = { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" };
    const answer = await ask(url, { method: "POST", body: this.encoded(), headers, signal: this.asking.signal });
    if (!answer?.ok) return;
    applyPreview(this, (await answer.json()) as Preview, this.touched);
  }
}

customElements.define("sartor-form", SartorForm);

type Filled = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function original(control: Filled): string {
  if (!(control instanceof HTMLSelectElement)) return control.defaultValue;
  return [...control.options].find((option) => option.defaultSelected)?.value ?? "";
}

/** Values that the server worked out go back as they were at first, so that it works them out again: a price follows the
 * product until somebody types another one. */
export function withoutFilled(form: HTMLFormElement, data: FormData): void {
  for (const control of all<Filled>("[data-filled]", form)) {
    if (control instanceof HTMLInputElement && control.type === "checkbox") {
      data.delete(control.name);
      data.append(control.name, "false");
      if (control.defaultChecked) data.append(control.name, control.value);
    } else if (data.has(control.name) && plainOf(control) === control.dataset.filled) data.set(control.name, original(control));
  }
}

/** What may not be changed is not sent: an amount without its currency, whose box is shut, would be another one. */
export function withoutClosed(form: HTMLFormElement, data: FormData): void {
  for (const control of all("[readonly]", form))
    for (const part of all<Filled>("[name]", control.closest("[data-field]") ?? control)) data.delete(part.name);
}

/** Tabs inside a form: arrows walk, hidden panels stay part of the form. */
export function startTabs(inside: ParentNode): void {
  for (const bar of all("[data-tabs]", inside)) {
    const tabs = all<HTMLButtonElement>('[role="tab"]', bar);
    const show = (chosen: HTMLButtonElement) => {
      for (const tab of tabs) {
        tab.setAttribute("aria-selected", String(tab === chosen));
        tab.tabIndex = tab === chosen ? 0 : -1;
        const panel = document.getElementById(tab.getAttribute("aria-controls") ?? "");
        if (panel) panel.hidden = tab !== chosen;
      }
    };
    bar.addEventListener("click", (event) => {
      const tab = (event.target as Element).closest<HTMLButtonElement>('[role="tab"]');
      if (tab) show(tab);
    });
    bar.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const next = step && tabs[(tabs.indexOf(document.activeElement as HTMLButtonElement) + step + tabs.length) % tabs.length];
      if (next) {
        show(next);
        next.focus();
      }
    });
    const wrong = tabs.find((tab) => tab.querySelector(".count.hot"));
    if (tabs[0]) show(wrong ?? tabs[0]);
  }
}
