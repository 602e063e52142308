// Blueprint files at the API: they travel in JSON as base64.
import { ask, problemOf, type Problem } from "@ui/net";

export interface BlueprintFile {
  name: string;
  file: string;
  definitions: string[];
  needed?: string[];
  requires?: Record<string, string>;
  left?: string[];
  records?: Record<string, number>;
  scenarios?: number;
  /** Those that stay behind, with the definitions that they need. */
  scenarios_left?: { label: string; needs: string[] }[];
}

/** A refusal. values: where it only has to wait, for an approval or for values that are converted first, the set in which
 * it goes on. */
export interface Refusal extends Problem {
  values?: { set?: string };
}

export type Answered<T> = { value: T } | { status: number; problem: Refusal };

export async function send<T>(url: string, body?: unknown): Promise<Answered<T> | null> {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  const answer = await ask(url, body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer) return null;
  if (answer.ok) return { value: (await answer.json()) as T };
  return { status: answer.status, problem: await problemOf(answer) };
}

/** Leads on to where something goes on that has to wait; whether it did. place: an address with SET in it. */
export function goesOn(problem: Refusal, place: string | undefined): boolean {
  const set = problem.values?.set;
  if (!place || !set) return false;
  location.assign(place.replace("SET", encodeURIComponent(set)));
  return true;
}

/** Lets the browser keep a file. */
export function save(file: BlueprintFile): void {
  const bytes = Uint8Array.from(atob(file.file), (char) => char.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: "application/zip" }));
  link.download = file.name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export async function base64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let start = 0; start < bytes.length; start += 8192) text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  return btoa(text);
}
