// A question with named answers, in a dialog of its own. Escape answers nothing.
import { html, render, type TemplateResult } from "lit";

export interface Answer {
  value: string;
  text: string;
  look?: "primary" | "default" | "danger";
}

export function choose(title: string, body: TemplateResult, answers: Answer[]): Promise<string> {
  const dialog = Object.assign(document.createElement("dialog"), { className: "sheet-dialog" });
  dialog.setAttribute("aria-labelledby", "choose-title");
  document.body.append(dialog);
  const chosen = new Promise<string>((resolve) => {
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue);
      dialog.remove();
    });
  });
  render(
    html`<form method="dialog" class="content stack-4 asking"><h2 id="choose-title">${title}</h2>${body}
      <p class="row-flex wrap">${answers.map((each, number) => html`<button class="btn btn-${each.look ?? "default"}" value=${each.value} ?autofocus=${number === 0}>${each.text}</button>`)}</p></form>`,
    dialog,
  );
  dialog.showModal();
  return chosen;
}
