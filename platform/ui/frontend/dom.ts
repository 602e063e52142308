// Small helpers that several controllers share.

/** All elements that match, as an array. */
export function all<T extends HTMLElement = HTMLElement>(selector: string, inside: ParentNode = document): T[] {
  return [...inside.querySelectorAll<T>(selector)];
}

/** Whether keys belong to a text box now, or to an open dialog. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Types of plugins may name icons that are not in the sprite; a page that draws such types says which ones are. */
function isBundled(name: string): boolean {
  const known = document.querySelector<HTMLElement>("[data-icons]")?.dataset.icons;
  return !known || ` ${known} `.includes(` ${name} `);
}

/** An icon of the sprite, as in templates. */
export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const shown = isBundled(name) ? name : "point";
  svg.setAttribute("class", `ti ti-${shown}`);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  const sprite = document.querySelector<HTMLMetaElement>('meta[name="sartor-icons"]')?.content ?? "";
  use.setAttribute("href", `${sprite}#${shown}`);
  svg.append(use);
  return svg;
}

/** A choice of a select. */
export function option(value: string, text: string): HTMLOptionElement {
  return Object.assign(document.createElement("option"), { value, textContent: text });
}

/** Calls `run` once nothing has happened for so many milliseconds. */
export function debounce(run: () => void, wait: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, wait);
  };
}

/** Makes one element of a group the tab stop, and focuses it. */
export function moveFocus(to: HTMLElement, group: HTMLElement[]): void {
  for (const element of group) element.tabIndex = element === to ? 0 : -1;
  to.focus({ preventScroll: true });
  to.scrollIntoView({ block: "nearest", inline: "nearest" });
}
