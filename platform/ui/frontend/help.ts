// `[data-keys]`: a list of all keys that work on this page, read off the page itself: its hints and its buttons.
import { html, render } from "lit";
import { all } from "./dom";
import { say } from "./words";

/** What a button is called, without its key and its count. */
function named(button: HTMLElement): string {
  const said = button.dataset.keyText ?? button.getAttribute("aria-label");
  if (said) return said;
  const bare = button.cloneNode(true) as HTMLElement;
  for (const beside of all("kbd, .count, .pop", bare)) beside.remove();
  return bare.textContent?.trim() ?? "";
}

export function keys(): Map<string, string> {
  const found = new Map<string, string>();
  for (const search of all("[data-jump]:has(kbd)")) found.set(search.querySelector("kbd")?.textContent ?? "", named(search));
  for (const hint of all(".hints > span")) {
    const pressed = [...hint.querySelectorAll("kbd")].map((kbd) => kbd.textContent).join(" ");
    found.set(pressed, [...hint.childNodes].filter((node) => node.nodeName !== "KBD").map((node) => node.textContent?.trim()).join(" "));
  }
  for (const button of all("[data-key]:not([data-keys])")) {
    found.set(button.querySelector("kbd")?.textContent ?? button.dataset.key ?? "", named(button));
  }
  return found;
}

function show(): void {
  const dialog = Object.assign(document.createElement("dialog"), { className: "sheet-dialog is-small" });
  dialog.setAttribute("aria-label", say("all_keys"));
  const close = () => dialog.close();
  render(
    html`<div class="content stack-4"><h2>${say("all_keys")}</h2>
      <dl class="key-list">${[...keys()].map(([key, text]) => html`<dt><kbd>${key}</kbd></dt><dd>${text}</dd>`)}</dl>
      <p><button type="button" class="btn btn-default" autofocus @click=${close}>${say("close")}</button></p></div>`,
    dialog,
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

export function startHelp(): void {
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-keys]")) show();
  });
}
