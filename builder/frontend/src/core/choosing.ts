// What designers share whose canvas is a sheet of parts within parts: one is chosen by its path, keys go from stop to
// stop and move, the sheet is looked at in either language and at the width of a phone.
import { state } from "lit/decorators.js";
import { all } from "@ui/dom";
import { Designer } from "./designer";
import { at, put, same, type Definition, type Json, type Path } from "./json";
import { language, type Language } from "./labels";
import type { SartorPalette } from "./palette";

export abstract class ChoosingDesigner extends Designer {
  /** Where the chosen part stands in the definition; empty for the definition itself. */
  @state() protected chosen: Path = [];
  /** Where the tab key stops. */
  @state() protected stop = "";
  @state() protected isPhone = false;
  @state() protected tongue: Language = language();
  private wired = new WeakSet<Element>();

  protected abstract takeOut(path: Path): void;
  protected abstract shift(path: Path, by: 1 | -1): void;
  /** Lists on the canvas that things are dragged into. */
  protected abstract wireLists(): void;

  /** A key of this designer alone; whether it meant something. */
  protected onOwnKey(_event: KeyboardEvent, _path: Path): boolean {
    return false;
  }

  // ---- what is done

  protected do(text: string, definition: Definition, merge?: string): void {
    if (same(definition, this.definition)) return;
    this.bench.change(text, { [this.key]: definition }, merge ? { merge } : {});
    this.say(text);
  }

  /** Takes a part out; the stop before it gets the focus. */
  protected leave(text: string, path: Path, without = put(this.definition, path, undefined) as Definition): void {
    const place = path.join("/");
    const here = this.stops.indexOf(place);
    const left = this.stops.filter((each) => each !== place && !each.startsWith(`${place}/`));
    this.do(text, without);
    this.chosen = [];
    this.focusStop(left[Math.max(0, here - 1)] ?? "");
  }

  /** A part of a definition as it was typed in the panel. */
  protected typed(key: string, text: string, path: Path, value: Json | undefined, merge?: string): void {
    const before = (this.bench.documents[key] ?? {}) as Definition;
    this.bench.change(text, { [key]: put(before, path, value) as Definition }, merge ? { merge: `${key} ${merge}` } : {});
  }

  // ---- choosing

  /** isSeen: whether the panel is what one looks at next, which stands below the canvas on a phone. */
  protected pick(path: Path, isSeen = true): void {
    this.bench.history.seal();
    this.chosen = path;
    this.stop = path.join("/");
    this.querySelector(".panel")?.scrollTo(0, 0);
    if (isSeen && path.length) this.showPanel();
  }

  private get stops(): string[] {
    return all("[data-stop]", this).map((each) => each.dataset.stop ?? "");
  }

  protected focusStop(place: string): void {
    this.stop = place;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`[data-stop="${CSS.escape(place)}"]`)?.focus());
  }

  protected openPanel(): void {
    void this.updateComplete.then(() => requestAnimationFrame(() => this.querySelector<HTMLElement>(".panel sartor-panel :is(input, select, textarea)")?.focus()));
  }

  protected findInPalette = (): void => this.querySelector<SartorPalette>("sartor-palette")?.find();

  // ---- keys

  protected onStopKey = (event: KeyboardEvent): void => {
    const place = (event.target as Element).closest<HTMLElement>("[data-stop]")?.dataset.stop;
    if (place === undefined || event.ctrlKey || event.metaKey) return;
    if (this.takesKey(event, place)) event.preventDefault();
  };

  private takesKey(event: KeyboardEvent, place: string): boolean {
    const path = place ? place.split("/") : [];
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key] as 1 | -1 | undefined;
    if (this.onOwnKey(event, path)) return true;
    if (by && event.altKey) this.shift(path, by);
    else if (by) this.focusStop(this.stops[this.stops.indexOf(place) + by] ?? place);
    else if (event.key === "Enter") {
      this.pick(path);
      this.openPanel();
    } else if (event.key === "Delete" || event.key === "Backspace") this.takeOut(path);
    else return false;
    return true;
  }

  protected override backToCanvas(): void {
    this.focusStop(this.chosen.join("/"));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.isPhone = document.querySelector("[data-size=phone]")?.getAttribute("aria-pressed") === "true";
    for (const button of all<HTMLButtonElement>("[data-size], [data-tongue]")) button.addEventListener("click", () => this.look(button));
  }

  private look(button: HTMLButtonElement): void {
    const name = button.dataset.size ? "data-size" : "data-tongue";
    for (const other of all(`[${name}]`)) other.setAttribute("aria-pressed", String(other === button));
    if (button.dataset.size) this.isPhone = button.dataset.size === "phone";
    else this.tongue = button.dataset.tongue === "zh" ? "zh" : "en";
  }

  // ---- what is drawn

  protected override willUpdate(): void {
    if (this.chosen.length && at(this.definition, this.chosen) === undefined) this.chosen = [];
  }

  protected override updated(): void {
    this.wireLists();
    const stops = this.stops;
    if (stops.length && !stops.includes(this.stop)) this.stop = stops[0] ?? "";
  }

  /** Each list begins to be dragged in once. */
  protected wire(list: HTMLElement, start: () => void): void {
    if (this.wired.has(list)) return;
    this.wired.add(list);
    start();
  }
}
