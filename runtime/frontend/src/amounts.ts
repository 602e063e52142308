// `[data-amount]`: a box for an amount. At rest it shows thousands apart ("1,234.50"), while it is edited the number as it
// is ("1234.5"), and it is the number that is sent. What is no number ("1.5万") stays as it was typed: the server reads it.
import { all } from "@ui/dom";

const PLAIN = /^(-?)(\d+)(?:\.(\d+))?$/;
const GROUPED = /^-?\d{1,3}(,\d{3})+(\.\d*)?$/;

/** With thousands apart; a part of a unit has two places at least. */
export function grouped(plain: string): string {
  const [, sign, whole, part] = PLAIN.exec(plain) ?? [];
  if (whole === undefined) return plain;
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, ",") + (part ? `.${part.padEnd(2, "0")}` : "");
}

/** What is meant by the text of a box. */
export function plainOf(box: { value: string; dataset: DOMStringMap }): string {
  const kept = box.dataset.plain;
  if (kept !== undefined && grouped(kept) === box.value) return kept;
  const said = box.value.trim();
  return GROUPED.test(said) ? said.replaceAll(",", "") : box.value;
}

function rest(box: HTMLInputElement): void {
  box.dataset.plain = plainOf(box);
  box.value = grouped(box.dataset.plain);
}

function edit(box: HTMLInputElement): void {
  const plain = plainOf(box);
  if (box.readOnly || plain === box.value) return;
  const whole = box.selectionStart === 0 && box.selectionEnd === box.value.length;
  box.value = plain;
  if (whole) box.select();
}

export function startAmounts(inside: ParentNode): void {
  for (const box of all<HTMLInputElement>("[data-amount]", inside)) if (box !== document.activeElement) rest(box);
}

/** A value that the page itself puts into a box. */
export function put(control: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement, value: string): void {
  control.value = value;
  if (control instanceof HTMLInputElement && control.matches("[data-amount]:not(:focus)")) rest(control);
}

const boxOf = (event: Event) => (event.target as Element).closest<HTMLInputElement>("[data-amount]");

export function watchAmounts(): void {
  document.addEventListener("focusin", (event) => {
    const box = boxOf(event);
    if (box) edit(box);
  });
  document.addEventListener("focusout", (event) => {
    const box = boxOf(event);
    if (box) rest(box);
  });
  document.addEventListener("formdata", (event) => {
    for (const box of all<HTMLInputElement>("[data-amount]", event.target as HTMLFormElement)) {
      if (event.formData.get(box.name) === box.value) event.formData.set(box.name, plainOf(box));
    }
  });
}
