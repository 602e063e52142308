// A picture that is kept in a definition: chosen from a file, made small enough in the browser.
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "@ui/dom";
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import type { Place } from "./place";
import { describedBy } from "./saying";

const KINDS = "image/png,image/jpeg,image/webp";
/** Characters of the `data:` address; the server allows 60 KB. */
const MOST = 80_000;
const WIDEST = 1200;

function read(file: File): Promise<string> {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = () => fail(reader.error ?? new Error(file.name));
    reader.readAsDataURL(file);
  });
}

/** Drawn anew, half as large each time, until it fits; a photo as JPEG, for its PNG is many times as large. */
async function smaller(file: File): Promise<string> {
  const drawing = await createImageBitmap(file);
  for (let share = Math.min(1, WIDEST / Math.max(drawing.width, drawing.height)); ; share /= 2) {
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.max(1, Math.round(drawing.width * share)), height: Math.max(1, Math.round(drawing.height * share)) });
    canvas.getContext("2d")?.drawImage(drawing, 0, 0, canvas.width, canvas.height);
    const made = canvas.toDataURL(file.type === "image/jpeg" ? "image/jpeg" : "image/png", 0.85);
    if (made.length <= MOST || share < 0.01) return made;
  }
}

async function taken(place: Place, file: File | undefined): Promise<void> {
  if (!file) return;
  const found = KINDS.split(",").includes(file.type) ? await read(file).then((made) => (made.length <= MOST ? made : smaller(file))).catch(() => "") : "";
  if (found) place.around.edit(place.path, found);
  else toast(say("build_picture_unread"), "bad");
}

export function pictureInput(place: Place, id: string): TemplateResult {
  const { value, path, around } = place;
  const choose = (event: Event) => void taken(place, (event.target as HTMLInputElement).files?.[0]);
  return html`<div class="stack picture-input">${typeof value === "string" && value ? html`<img src=${value} alt="">` : nothing}
    <sartor-file><input class="form-control" type="file" id=${id} accept=${KINDS} aria-describedby=${describedBy(place) || nothing} @change=${choose}></sartor-file>
    ${value ? html`<button type="button" class="btn btn-quiet" @click=${() => around.edit(path, undefined)}>${icon("x")}${say("build_picture_off")}</button>` : nothing}</div>`;
}
