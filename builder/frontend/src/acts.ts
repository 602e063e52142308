// Buttons that ask the API: `<button data-act data-url data-body>` sends the body (by POST, unless `data-method` says
// otherwise) and goes to `data-then`, or shows the same page anew. `data-confirm` asks first. While it runs the button is busy and says so.
import { confirmAct } from "@ui/dialog";
import { ask, refuse } from "@ui/net";

const JSON_HEADERS = { "Content-Type": "application/json", Accept: "application/json" };

async function act(button: HTMLButtonElement): Promise<void> {
  const { url, body, confirm, then, method } = button.dataset;
  if (!url || (confirm && !(await confirmAct(confirm)))) return;
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
  const answer = await ask(url, { method: method ?? "POST", body: body ?? "{}", headers: JSON_HEADERS });
  if (answer?.ok) {
    if (then) location.assign(then);
    else location.reload();
    return;
  }
  button.disabled = false;
  button.removeAttribute("aria-busy");
  if (answer) await refuse(answer);
}

export function startActs(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest<HTMLButtonElement>("button[data-act]");
    if (button) void act(button);
  });
}
