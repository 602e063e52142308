// Short messages at the foot of the page; they leave by themselves, refusals only when closed.
import { html, nothing, render } from "lit";

/** What a message offers to do. */
export interface Offer {
  text: string;
  act: () => void;
}

interface Message {
  id: number;
  text: string;
  tone: string;
  offer?: Offer;
}

let messages: Message[] = [];
let last = 0;

function draw(): void {
  const box = document.getElementById("toasts");
  if (!box) return;
  render(
    messages.map(
      (message) => html`<div class="note toast-note ${message.tone ? `note-${message.tone}` : ""}">
        <span class="grow">${message.text}</span>
        ${message.offer ? html`<button type="button" class="btn btn-quiet" @click=${() => take(message)}>${message.offer.text}</button>` : nothing}
        <button type="button" class="btn btn-quiet btn-icon" aria-label="×" @click=${() => close(message.id)}>×</button>
      </div>`,
    ),
    box,
  );
}

function close(id: number): void {
  messages = messages.filter((message) => message.id !== id);
  draw();
}

function take(message: Message): void {
  close(message.id);
  message.offer?.act();
}

/** What is said already is not said twice. What offers something leaves later, so that there is time to read and press. */
export function toast(text: string, tone = "", offer?: Offer): void {
  const id = ++last;
  messages = [...messages.filter((message) => message.text !== text).slice(-2), { id, text, tone, offer }];
  draw();
  if (tone !== "bad") setTimeout(() => close(id), offer ? 20000 : 6000);
}

/** Takes back what does not hold any more. */
export function untoast(text: string): void {
  if (!messages.some((message) => message.text === text)) return;
  messages = messages.filter((message) => message.text !== text);
  draw();
}
