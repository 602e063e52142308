// Buttons that ask the API: `<button data-act data-url data-body>` sends the body (by POST, unless `data-method` says
// otherwise) and goes to `data-then`, or shows the same page anew. `data-confirm` asks first. While it runs the button is busy and says so.
// What the answer says it did is said by the page that follows, with the way back if the answer knows one.
import { confirmAct } from "@ui/dialog";
import { ask, refuse } from "@ui/net";
import { toast } from "@ui/toast";
import { say } from "@ui/words";

const JSON_HEADERS = { "Content-Type": "application/json", Accept: "application/json" };

const KEPT = "sartor done";

interface Before {
  key: string;
  document: object | null;
  etag: string | null;
}

/** back: what the definitions of the change set at `set` were. */
interface Done {
  said: string;
  set: string;
  back: Before[];
}

async function keepForTheNextPage(answer: Response, url: string): Promise<void> {
  if (!answer.headers.get("Content-Type")?.includes("json")) return;
  const { said, back } = (await answer.json()) as Partial<Done>;
  if (said && back) sessionStorage.setItem(KEPT, JSON.stringify({ said, back, set: url.replace(/\/check\/fix$/, "") }));
}

/** One that was edited since stays, and the refusal says so. */
async function takeBack(done: Done): Promise<void> {
  for (const { key, document: was, etag } of done.back) {
    const headers = { ...JSON_HEADERS, ...(etag ? { "If-Match": etag } : {}) };
    const how = was ? { method: "PUT", body: JSON.stringify(was) } : { method: "DELETE" };
    const answer = await ask(`${done.set}/documents/${key}`, { ...how, headers });
    if (!answer) return;
    if (!answer.ok) return void (await refuse(answer));
  }
  location.reload();
}

function sayWhatWasDone(): void {
  const kept = sessionStorage.getItem(KEPT);
  if (!kept) return;
  sessionStorage.removeItem(KEPT);
  const done = JSON.parse(kept) as Done;
  if (done.back.length) toast(done.said, "", { text: say("build_undo"), act: () => void takeBack(done) });
  else toast(done.said);
}

async function act(button: HTMLButtonElement): Promise<void> {
  const { url, body, confirm, then, method } = button.dataset;
  if (!url || (confirm && !(await confirmAct(confirm)))) return;
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
  const answer = await ask(url, { method: method ?? "POST", body: body ?? "{}", headers: JSON_HEADERS });
  if (answer?.ok) {
    await keepForTheNextPage(answer, url);
    if (then) location.assign(then);
    else location.reload();
    return;
  }
  button.disabled = false;
  button.removeAttribute("aria-busy");
  if (answer) await refuse(answer);
}

export function startActs(): void {
  sayWhatWasDone();
  document.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest<HTMLButtonElement>("button[data-act]");
    if (button) void act(button);
  });
}
