// <sartor-list>: a list worked by keys. ↑ ↓ or J K move, Enter opens, X chooses, Space peeks, L opens `data-log`?id=.
// The rows are plain <tr data-row>; the chosen ones are those whose checkbox is ticked, so a form could send them.
import { openDialog } from "@ui/dialog";
import { all, isTyping, moveFocus } from "@ui/dom";
import { openPeek, peekIsOpen } from "./peek";

export class SartorList extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("keydown", this.onKey);
    this.addEventListener("change", this.onChange);
    this.addEventListener("click", this.onClick);
    this.addEventListener("focusin", (event) => this.settle((event.target as Element).closest<HTMLElement>("[data-row]")));
    new MutationObserver(() => this.settle(null)).observe(this.querySelector("tbody") ?? this, { childList: true });
    this.settle(null);
  }

  get rows(): HTMLElement[] {
    return all("[data-row]", this);
  }

  get current(): HTMLElement | undefined {
    return this.rows.find((row) => row.tabIndex === 0);
  }

  /** One row is the tab stop; the foot says how many are loaded. */
  settle(row: HTMLElement | null): void {
    const rows = this.rows;
    const stop = row ?? this.current ?? rows[0];
    for (const each of rows) if ((each.tabIndex === 0) !== (each === stop)) each.tabIndex = each === stop ? 0 : -1;
    const said = this.querySelector("[data-loaded-text]");
    if (said) said.textContent = (this.dataset.loaded ?? "").replace("%(n)s", rows.length.toLocaleString("en"));
    this.dispatchEvent(new CustomEvent("sartor:rows", { bubbles: true }));
  }

  chosen(): HTMLElement[] {
    return this.rows.filter((row) => this.box(row)?.checked);
  }

  clear(): void {
    for (const row of this.rows) this.choose(row, false);
    this.tell();
  }

  private box(row: Element): HTMLInputElement | null {
    return row.querySelector<HTMLInputElement>('.c-check input[type="checkbox"]');
  }

  private choose(row: HTMLElement, on: boolean): void {
    const box = this.box(row);
    if (box) box.checked = on;
    row.setAttribute("aria-selected", String(on && box !== null));
  }

  private tell(): void {
    const whole = this.querySelector<HTMLInputElement>("[data-all]");
    const count = this.chosen().length;
    if (whole) Object.assign(whole, { checked: count > 0 && count === this.rows.length, indeterminate: count > 0 && count < this.rows.length });
    this.dispatchEvent(new CustomEvent("sartor:chosen", { bubbles: true, detail: { count } }));
  }

  private onChange = (event: Event): void => {
    const box = event.target as HTMLInputElement;
    const row = box.closest<HTMLElement>("[data-row]");
    if (box.matches("[data-all]")) for (const each of this.rows) this.choose(each, box.checked);
    else if (row) this.choose(row, box.checked);
    this.tell();
  };

  private onClick = (event: MouseEvent): void => {
    const target = event.target as Element;
    const row = target.closest<HTMLElement>("[data-row]");
    if (!row || target.closest("a, button, input, label") || getSelection()?.toString()) return;
    moveFocus(row, this.rows);
    if (peekIsOpen() || matchMedia("(max-width: 640px)").matches) void openPeek(row);
  };

  private onKey = (event: KeyboardEvent): void => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    const row = (event.target as Element).closest<HTMLElement>("[data-row]");
    if (step) this.move(step, event);
    else if (row && event.key === "Enter" && event.target === row) row.querySelector<HTMLElement>("[data-open]")?.click();
    else if (row && event.key.toLowerCase() === "x") this.toggle(row, event);
    else if (row && event.key.toLowerCase() === "l" && this.dataset.log) void openDialog(`${this.dataset.log}?id=${row.dataset.row}`);
    else if (row && event.key === " " && event.target === row) this.peek(row, event);
  };

  /** The neighbour of the current row; the next page is fetched when the end is near. */
  move(step: number, event?: Event): HTMLElement | undefined {
    event?.preventDefault();
    const rows = this.rows;
    const at = rows.findIndex((row) => row.tabIndex === 0);
    const to = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
    if (to) moveFocus(to, rows);
    if (at + step >= rows.length - 2) this.querySelector<HTMLElement>(".more-row a")?.click();
    if (to && peekIsOpen()) void openPeek(to);
    return to;
  }

  private toggle(row: HTMLElement, event: Event): void {
    event.preventDefault();
    this.choose(row, !this.box(row)?.checked);
    this.tell();
  }

  private peek(row: HTMLElement, event: Event): void {
    event.preventDefault();
    void openPeek(row);
  }
}

customElements.define("sartor-list", SartorList);
