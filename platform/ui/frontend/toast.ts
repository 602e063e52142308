// Short messages at the foot of the page; they leave by themselves, refusals only when closed.
import { html, render } from "lit";

interface Message {
  id: number;
  text: string;
  tone: string;
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

/** What is said already is not said twice. */
export function toast(text: string, tone = ""): void {
  const id = ++last;
  messages = [...messages.filter((message) => message.text !== text).slice(-2), { id, text, tone }];
  draw();
  if (tone !== "bad") setTimeout(() => close(id), 6000);
}

/** Takes back what does not hold any more. */
export function untoast(text: string): void {
  if (!messages.some((message) => message.text === text)) return;
  messages = messages.filter((message) => message.text !== text);
  draw();
}
