// Every form: the token is filled in, the consequence is asked, nothing is sent twice, what was typed is not lost.
import { confirmAct } from "./dialog";
import { forgetHistories } from "./histories";
import { csrf } from "./net";
import { toast } from "./toast";
import { say } from "./words";

const agreed = new WeakSet<HTMLFormElement>();

function fillToken(form: HTMLFormElement): void {
  if (form.method !== "post" || form.elements.namedItem("_csrf")) return;
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "_csrf", value: csrf() });
  form.append(field);
}

async function agree(form: HTMLFormElement, button: HTMLElement, text: string): Promise<void> {
  if (!(await confirmAct(text))) return;
  agreed.add(form);
  form.requestSubmit(button);
}

/** A page that shows what is not published keeps nothing: what was typed stays, and that is said where it would be saved. */
function isOnlyToLookAt(form: HTMLFormElement): boolean {
  return form.method === "post" && location.pathname.startsWith("/preview/") && new URL(form.getAttribute("action") ?? "", location.href).pathname.startsWith("/preview/");
}

function refuse(event: SubmitEvent): void {
  event.preventDefault();
  event.stopImmediatePropagation();
  toast(document.querySelector<HTMLElement>("[data-ahead]")?.dataset.ahead ?? "", "bad");
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const button = event.submitter;
  if (isOnlyToLookAt(form)) return refuse(event);
  fillToken(form);
  const text = button?.dataset.confirm;
  if (text && button && !agreed.has(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    void agree(form, button, text);
    return;
  }
  delete form.dataset.changed;
  if (form.dataset.signsOut !== undefined) forgetHistories(form.dataset.signsOut);
  if (form.dataset.sent === "yes") event.preventDefault();
  else if (!form.closest("dialog") && form.method === "post") form.dataset.sent = "yes";
}

export function startSubmits(): void {
  document.addEventListener("submit", onSubmit, true);
  document.addEventListener("input", (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>("form[data-guard]");
    if (form && !form.closest("dialog")) form.dataset.changed = "yes";
  });
  window.addEventListener("beforeunload", (event) => {
    if (!document.querySelector("form[data-changed]")) return;
    event.preventDefault();
    event.returnValue = say("leave");
  });
  window.addEventListener("pageshow", () => document.querySelectorAll<HTMLElement>("[data-sent]").forEach((form) => delete form.dataset.sent));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const button = (event.target as Element).closest("form")?.querySelector<HTMLElement>("[data-submit-key]");
    button?.click();
  });
}
