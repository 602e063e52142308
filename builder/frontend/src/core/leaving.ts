// Leaving a designer by a link: what is not kept yet is kept first, so that the plan or the next designer has it.
import type { Workbench } from "./workbench";

/** How long it waits for the server; what has not been taken by then waits in the browser. */
const LONGEST = 5000;

/** The link that a click follows in this window, to another page of ours. */
function followed(event: MouseEvent): HTMLAnchorElement | undefined {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return undefined;
  const link = event.composedPath().find((each): each is HTMLAnchorElement => each instanceof HTMLAnchorElement);
  if (!link?.href || link.target || link.origin !== location.origin || link.hasAttribute("download")) return undefined;
  return link.pathname + link.search === location.pathname + location.search ? undefined : link;
}

/** What a page does on a click. go: opens an address. */
export function keepFirst(bench: Workbench, go = (url: string) => location.assign(url)): (event: MouseEvent) => void {
  return (event) => {
    const link = followed(event);
    if (!link || (bench.state !== "waiting" && bench.state !== "keeping")) return;
    event.preventDefault();
    const late = new Promise<void>((resolve) => setTimeout(resolve, LONGEST));
    void Promise.race([bench.keep(), late]).then(() => go(link.href));
  };
}
