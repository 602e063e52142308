// `[data-drop-files]`: files let go anywhere in it are chosen in its input, as if they had been picked there.
const OVER = "is-over";

function placeOf(event: DragEvent): HTMLElement | null {
  const carries = [...(event.dataTransfer?.types ?? [])].includes("Files");
  return carries && event.target instanceof Element ? event.target.closest<HTMLElement>("[data-drop-files]") : null;
}

function over(event: DragEvent): void {
  const place = placeOf(event);
  document.querySelectorAll(`[data-drop-files].${OVER}`).forEach((each) => each !== place && each.classList.remove(OVER));
  if (!place) return;
  event.preventDefault();
  place.classList.add(OVER);
}

function dropped(event: DragEvent): void {
  const place = placeOf(event);
  const input = place?.querySelector<HTMLInputElement>("input[type=file]");
  place?.classList.remove(OVER);
  if (!input || !event.dataTransfer) return;
  event.preventDefault();
  const several = new DataTransfer();
  for (const file of [...event.dataTransfer.files].slice(0, input.multiple ? undefined : 1)) several.items.add(file);
  input.files = several.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

export function startDrops(): void {
  document.addEventListener("dragover", over);
  document.addEventListener("drop", dropped);
}
