// What the server's preview of a form does to the form.
//
// { "fields": { "amount": { "value": "…" | ["…"] | {"amount": "…", "currency": "…"}, "text": "¥1,234", "visible": true,
//     "required": false, "readonly": false, "error": "…" | null, "hint": "…", "options": [{"value": "…", "text": "…"}] } },
//   "sections": { "terms": { "visible": false } },
//   "lines": { "items": { "foot": { "amount": "¥5,000" } } } }
//
// Keys of `fields` are the names of the controls without a part ("items[0].price"). Every property may be absent: then
// nothing changes. `value` is for controls, `text` for computed fields that are only shown.
import { plainOf, put } from "./amounts";
import { all, option } from "@ui/dom";

export interface FieldPreview {
  value?: string | string[] | Record<string, string>;
  text?: string;
  visible?: boolean;
  required?: boolean;
  readonly?: boolean;
  error?: string | null;
  hint?: string;
  options?: { value: string; text: string }[];
}

export interface Preview {
  fields?: Record<string, FieldPreview>;
  sections?: Record<string, { visible: boolean }>;
  lines?: Record<string, { foot: Record<string, string> }>;
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const controls = (field: Element): Control[] => all<Control>("input:not([type=hidden]):not([role=combobox]), select, textarea", field).filter((control) => control.name);

function setText(field: Element, text: string): void {
  const output = field.querySelector("[data-output]");
  if (output && output.textContent !== text) output.textContent = text;
}

function setOptions(field: Element, options: { value: string; text: string }[]): void {
  const select = field.querySelector<HTMLSelectElement & { tomselect?: { sync(): void } }>("select");
  if (!select) return;
  const now = select.value;
  const blank = [...select.options].find((choice) => choice.value === "");
  select.replaceChildren(...(blank ? [blank] : []), ...options.map(({ value, text }) => option(value, text)));
  select.value = now;
  select.tomselect?.sync();
}

/** What the server filled in is marked: it is not sent as if somebody had typed it (see form.ts). */
function setControl(control: Control, value: string): void {
  if (control instanceof HTMLInputElement && ["checkbox", "radio"].includes(control.type)) {
    control.checked = control.value === value;
    control.dataset.filled = String(control.checked);
  } else if (plainOf(control) !== value) {
    put(control, value);
    control.dataset.filled = value;
    (control as Control & { tomselect?: { setValue(value: string, silent: boolean): void } }).tomselect?.setValue(value, true);
  }
}

function setValue(field: Element, value: NonNullable<FieldPreview["value"]>): void {
  for (const control of controls(field)) {
    if (control === document.activeElement) continue;
    if (typeof value === "string") setControl(control, value);
    else if (Array.isArray(value)) (control as Control & { tomselect?: { setValue(value: string[], silent: boolean): void } }).tomselect?.setValue(value, true);
    else setControl(control, value[control.name.split(".").pop() ?? ""] ?? "");
  }
}

function setError(field: HTMLElement, error: string | null): void {
  const place = field.querySelector<HTMLElement>("[data-error]");
  if (!place) return;
  field.classList.toggle("is-wrong", Boolean(error));
  place.hidden = !error;
  const text = place.querySelector("[data-error-text]");
  if (text) text.textContent = error ?? "";
  if (!error) place.querySelector("[data-fix]")?.remove();
  for (const control of controls(field)) {
    if (error) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
}

function setReadonly(field: HTMLElement, readonly: boolean): void {
  for (const control of controls(field)) {
    if (control instanceof HTMLSelectElement || ["checkbox", "radio"].includes(control.type)) control.disabled = readonly;
    else control.readOnly = readonly;
    const picker = (control as Control & { tomselect?: { enable(): void; disable(): void } }).tomselect;
    if (readonly) picker?.disable();
    else picker?.enable();
  }
  // The hidden "no" before a box must not be sent alone while the box is shut.
  for (const hidden of all<HTMLInputElement>("input[type=hidden]", field)) hidden.disabled = readonly;
}

function setRequired(field: HTMLElement, required: boolean): void {
  const mark = field.querySelector<HTMLElement>("[data-must]");
  if (mark) mark.hidden = !required;
  for (const control of controls(field)) if (control.type !== "radio") control.required = required;
}

function applyField(field: HTMLElement, said: FieldPreview, touched: boolean): void {
  if (said.visible !== undefined) field.hidden = !said.visible;
  if (said.required !== undefined) setRequired(field, said.required);
  if (said.readonly !== undefined) setReadonly(field, said.readonly);
  if (said.options) setOptions(field, said.options);
  if (said.value !== undefined) setValue(field, said.value);
  if (said.text !== undefined) setText(field, said.text);
  if (said.error !== undefined && (touched || !said.error)) setError(field, said.error);
  const hint = field.querySelector<HTMLElement>("[data-hint]");
  if (hint && said.hint !== undefined) Object.assign(hint, { textContent: said.hint, hidden: !said.hint });
}

export function applyPreview(form: HTMLElement, preview: Preview, touched: Set<string>): void {
  for (const [name, said] of Object.entries(preview.fields ?? {})) {
    const field = form.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`);
    if (field) applyField(field, said, touched.has(name));
  }
  for (const [name, said] of Object.entries(preview.sections ?? {})) {
    const section = form.querySelector<HTMLElement>(`[data-section="${CSS.escape(name)}"]`);
    if (section) section.hidden = !said.visible;
  }
  for (const [name, { foot }] of Object.entries(preview.lines ?? {})) {
    const lines = form.querySelector(`sartor-lines[data-name="${CSS.escape(name)}"]`);
    for (const [column, text] of Object.entries(foot)) {
      const place = lines?.querySelector(`[data-foot="${CSS.escape(column)}"]`);
      if (place) place.textContent = text;
    }
  }
}
