// <sartor-lines data-name data-limit>: the table of children in their parent's form. Add, remove, reorder; Enter in the
// last row adds one, Alt with ↑ ↓ moves a row. Row numbers only hold the parts of a name together; order is the page's.
import Sortable from "sortablejs";
import { all } from "@ui/dom";
import { process } from "@ui/process";
import { toast } from "@ui/toast";
import { say } from "@ui/words";

/** Gives a blank line its number: in names (`items[+].count`) and in the ids made of them (`f-items----count`). */
function number(row: HTMLElement, at: number): void {
  row.dataset.line = String(at);
  for (const element of all("*", row))
    for (const attribute of element.attributes) {
      if (["id", "for"].includes(attribute.name) || attribute.name.startsWith("aria-")) attribute.value = attribute.value.replace(/(f-[\w-]*?-)-(-[\w-]+)/g, `$1${at}$2`);
      else attribute.value = attribute.value.replaceAll("[+]", `[${at}]`);
    }
}

export class SartorLines extends HTMLElement {
  private next = 0;

  connectedCallback(): void {
    this.next = this.rows.length;
    this.addEventListener("click", this.onClick);
    this.addEventListener("keydown", this.onKey);
    Sortable.create(this.body, { handle: "[data-grip]", draggable: "[data-line]", animation: 120, onEnd: () => this.changed() });
  }

  private get body(): HTMLElement {
    return this.querySelector("[data-rows]") as HTMLElement;
  }

  get rows(): HTMLElement[] {
    return all(":scope > [data-line]", this.body);
  }

  add(): void {
    const blank = this.querySelector<HTMLTemplateElement>(":scope > template[data-blank]");
    if (!blank || this.rows.length >= Number(this.dataset.limit)) return;
    const row = blank.content.querySelector("[data-line]")?.cloneNode(true) as HTMLElement;
    number(row, this.next++);
    this.body.append(row);
    process(row);
    row.querySelector<HTMLElement>(".ts-control input, .form-control, .form-select")?.focus();
    toast(say("line_added", { n: this.rows.length }));
    this.changed();
  }

  private take(row: HTMLElement): void {
    const rows = this.rows;
    const at = rows.indexOf(row);
    row.remove();
    toast(say("line_removed", { n: at + 1 }));
    const near = this.rows[Math.min(at, rows.length - 2)]?.querySelector<HTMLElement>("[data-off]");
    (near ?? this.querySelector<HTMLElement>("[data-add]"))?.focus();
    this.changed();
  }

  private changed(): void {
    this.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private onClick = (event: Event): void => {
    const target = event.target as Element;
    if (target.closest("[data-add]")) this.add();
    const off = target.closest("[data-off]");
    if (off) this.take(off.closest("[data-line]") as HTMLElement);
  };

  private onKey = (event: KeyboardEvent): void => {
    const row = (event.target as Element).closest<HTMLElement>("[data-line]");
    if (!row) return;
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) this.shift(row, event);
    else if (event.key === "Enter" && (event.target as Element).matches("input:not([role=combobox])")) {
      event.preventDefault();
      if (row === this.rows.at(-1)) this.add();
    }
  };

  private shift(row: HTMLElement, event: KeyboardEvent): void {
    event.preventDefault();
    const focused = document.activeElement as HTMLElement;
    if (event.key === "ArrowUp") row.previousElementSibling?.before(row);
    else row.nextElementSibling?.after(row);
    focused.focus();
    this.changed();
  }
}

customElements.define("sartor-lines", SartorLines);
