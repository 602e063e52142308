// Cards of a dashboard that are fetched one by one: where one does not come, its place says so and offers to try again.
// `data-card-url` marks a place; `data-again` is a button inside of it.
import htmx from "htmx.org";

/** Whether a failed request was for a card, which tells it in its place. */
export function cardFailed(source: Element | undefined): boolean {
  const place = source?.closest<HTMLElement>("[data-card-url]");
  const failed = document.querySelector<HTMLTemplateElement>("#failed-card");
  if (!place || !failed) return false;
  place.replaceChildren(failed.content.cloneNode(true));
  return true;
}

export function startCards(): void {
  document.addEventListener("click", (event) => {
    const place = (event.target as Element).closest("[data-again]")?.closest<HTMLElement>("[data-card-url]");
    if (place) htmx.trigger(place, "again");
  });
}
