// The page's one dialog: fetched forms (`data-dialog`), and the question before an act with consequences.
import { html, render } from "lit";
import { ask, obey, refuse } from "./net";
import { process } from "./process";
import { say } from "./words";

function box(): HTMLDialogElement | null {
  return document.querySelector<HTMLDialogElement>("#dialog");
}

export function showDialog(fragment: string): void {
  const dialog = box();
  if (!dialog) return;
  dialog.innerHTML = fragment;
  process(dialog);
  if (!dialog.open) dialog.showModal();
  dialog.querySelector<HTMLElement>("[autofocus], .content input:not([type=hidden]), .content select, .content textarea")?.focus();
}

/** Fetches a form and shows it. `body`: sent by POST (chosen records). */
export async function openDialog(url: string, body?: URLSearchParams): Promise<void> {
  const answer = await ask(url, body ? { method: "POST", body } : {});
  if (!answer || obey(answer)) return;
  if (!answer.ok && answer.status !== 422) await refuse(answer);
  else showDialog(await answer.text());
}

async function send(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
  const data = new FormData(form);
  if (button instanceof HTMLButtonElement && button.name) data.set(button.name, button.value);
  const url = button?.getAttribute("formaction") ?? form.action;
  const multipart = form.enctype === "multipart/form-data";
  const body = multipart ? data : new URLSearchParams(data as unknown as Record<string, string>);
  const answer = await ask(url, { method: "POST", body });
  if (!answer || obey(answer)) return;
  const shown = answer.headers.get("Content-Type")?.includes("html");
  if (shown) showDialog(await answer.text());
  else if (!answer.ok) await refuse(answer);
}

/** Asks "go ahead?" with one line that says the consequence. */
export function confirmAct(text: string): Promise<boolean> {
  const dialog = document.createElement("dialog");
  dialog.className = "sheet-dialog is-small";
  dialog.setAttribute("aria-label", text);
  document.body.append(dialog);
  const choice = new Promise<boolean>((resolve) => {
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "yes");
      dialog.remove();
    });
  });
  render(
    html`<form method="dialog" class="content stack-4"><p>${text}</p>
      <p class="row-flex"><button class="btn btn-primary" value="yes" autofocus>${say("yes_do")}</button>
      <button class="btn btn-default" value="no">${say("cancel")}</button></p></form>`,
    dialog,
  );
  dialog.showModal();
  return choice;
}

export function startDialogs(): void {
  document.addEventListener("sartor:dialog", (event) => void openDialog((event as CustomEvent<string>).detail));
  document.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    const opener = target.closest<HTMLElement>("[data-dialog]");
    if (opener && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      void openDialog(opener.dataset.dialog || (opener as HTMLAnchorElement).href);
    }
    if (target.closest("[data-dialog-close], dialog [data-cancel]")) {
      event.preventDefault();
      target.closest("dialog")?.close();
    }
  });
  box()?.addEventListener("submit", (event) => {
    event.preventDefault();
    void send(event.target as HTMLFormElement, (event as SubmitEvent).submitter);
  });
}
