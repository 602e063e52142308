// A dialog that makes something: it stays until that was made, so that nothing typed is lost, and says what is wrong.
import { html, render, type TemplateResult } from "lit";
import { say } from "@ui/words";

/** What is wrong, in words; empty when it was made. field: the name of the input that it is about. */
export type Refused = { text: string; field?: string } | null;

export function making(title: string, body: TemplateResult, make: (form: HTMLFormElement) => Promise<Refused>): void {
  const dialog = Object.assign(document.createElement("dialog"), { className: "sheet-dialog" });
  dialog.setAttribute("aria-labelledby", "making-title");
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  render(
    html`<form class="content stack-4 asking" novalidate @submit=${(event: SubmitEvent) => void send(event, make)} @input=${(event: Event) => tell(event.currentTarget as HTMLFormElement, null)}><h2 id="making-title">${title}</h2>${body}
      <div class="field" role="alert" data-wrong hidden><span class="wrong"></span></div>
      <p class="row-flex wrap"><button class="btn btn-primary" data-make-it>${say("build_make")}</button><button type="button" class="btn btn-default" @click=${() => dialog.close()}>${say("cancel")}</button></p></form>`,
    dialog,
  );
  dialog.showModal();
}

/** Once: a second press while the first one is at work does nothing. The page that follows a success takes the dialog along. */
async function send(event: SubmitEvent, make: (form: HTMLFormElement) => Promise<Refused>): Promise<void> {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  const button = form.querySelector<HTMLButtonElement>("[data-make-it]");
  if (!button || button.disabled) return;
  button.disabled = true;
  const refused = await make(form);
  if (!refused) return;
  button.disabled = false;
  tell(form, refused);
}

function tell(form: HTMLFormElement, refused: Refused): void {
  const box = form.querySelector<HTMLElement>("[data-wrong]");
  if (!box) return;
  box.hidden = !refused;
  (box.firstElementChild as HTMLElement).textContent = refused?.text ?? "";
  if (refused?.field) form.querySelector<HTMLElement>(`[name="${CSS.escape(refused.field)}"]`)?.focus();
}
