// Requests to our own server: token, fragment header, and what an answer without a page means.
import { say } from "./words";
import { toast, untoast } from "./toast";

export function csrf(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
}

/** A problem document (RFC 9457) as our server sends it; `dialog` asks for what was missing. */
export interface Problem {
  type?: string;
  title?: string;
  detail?: string;
  dialog?: string;
  errors?: { field: string; message: string; file?: string }[];
}

/** The token of the session that there is now, for a page that was opened in another one; false where there is none, or
 * another person's. */
export async function renewToken(): Promise<boolean> {
  const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content;
  const held = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]');
  if (!fresh || !held || page.body.dataset.person !== document.body.dataset.person) return false;
  held.content = fresh;
  for (const field of document.querySelectorAll<HTMLInputElement>("input[name=_csrf]")) field.value = fresh;
  return true;
}

export async function ask(url: string, options: RequestInit = {}): Promise<Response | null> {
  const headers = new Headers(options.headers);
  headers.set("X-CSRF-Token", csrf());
  headers.set("HX-Request", "true");
  try {
    const answer = await fetch(url, { credentials: "same-origin", ...options, headers });
    untoast(say("offline"));
    return answer;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return null;
    toast(say("offline"), "bad");
    return null;
  }
}

/** Does what the answer's headers say (redirect, refresh) and tells whether it did. */
export function obey(answer: Response): boolean {
  const redirect = answer.headers.get("HX-Redirect");
  if (redirect) location.assign(redirect);
  else if (answer.redirected && answer.ok) location.assign(answer.url);
  else if (answer.headers.get("HX-Refresh") || answer.status === 204) location.reload();
  else return false;
  return true;
}

export async function problemOf(answer: Response): Promise<Problem> {
  if (!answer.headers.get("Content-Type")?.includes("json")) return { detail: say("failed", { status: answer.status }) };
  return (await answer.json()) as Problem;
}

/** Says what was refused; opens the dialog that helps, if the server names one. */
export async function refuse(answer: Response): Promise<Problem> {
  const problem = await problemOf(answer);
  if (problem.dialog) document.dispatchEvent(new CustomEvent("sartor:dialog", { detail: problem.dialog }));
  else toast(problem.detail ?? problem.title ?? say("failed", { status: answer.status }), "bad");
  return problem;
}
