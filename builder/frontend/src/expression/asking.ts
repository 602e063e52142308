// What the server says of an expression that is being written: judged in its place, completed, shown as rows, tried.
import { ask } from "@ui/net";
import type { Definitions, Json } from "../core/json";

/** Where an expression stands. documents: what is open in the designer, kept or not. */
export interface Spot {
  set: string;
  key: string;
  /** JSON pointer into the definition. */
  path: string;
  /** Whose names it uses, where its place does not say so. */
  entity: string;
  documents(): Definitions;
}

export interface Fault {
  message: string;
  position: number;
  /** Of rows: which of them, `items/0/values`. */
  field?: string;
}

export interface Operator {
  key: string;
  label: string;
  needs: "nothing" | "one" | "two" | "many" | "days" | "period";
}

/** What may be said about a field in a row. */
export interface Offered {
  label: string;
  operators: Operator[];
  asks: { kind: "text" | "number" | "date" | "percent" | "choice" | "record"; options: [string, string][]; entities: [string, string][] };
  periods: [string, string][];
}

export interface Row extends Partial<Offered> {
  path: string;
  operator: string;
  values: string[];
  titles?: string[];
  /** As it was read; a row that somebody touches loses it and is written anew. */
  text?: string;
}

/** All of them hold, any, none, or not all. */
export type Join = "and" | "or" | "nor" | "nand";

export interface Group {
  join: Join;
  items: Item[];
}

export type Item = Group | Row | { text: string };

export interface Judged {
  text: string;
  type: string;
  entity: string;
  is_condition: boolean;
  faults: Fault[];
  tree: Group | null;
  said: string;
  result: { record: string; title: string; shown: string; note: string } | null;
}

export interface Offer {
  text: string;
  kind: "field" | "value" | "function" | "operator";
  start: number;
  label: string;
  detail: string;
  leads: boolean;
}

export interface ConditionField extends Offered {
  path: string;
  text: string;
  icon: string;
  leads: boolean;
  system: boolean;
  /** What it is in expressions: text, integer, decimal, boolean, date, instant, choice, record … */
  type: string;
  /** Whether an action may give it a value at all; whether people never type it. */
  settable: boolean;
  read_only: boolean;
}

export interface FunctionAbout {
  name: string;
  signature: string;
  help: string;
  example: string;
  gives: string;
  group: string;
}

export interface Titled {
  id: string;
  title: string;
  /** What it is, where records of several entities are found. */
  of?: string;
}

const API = "/api/v1";
const HEADERS = { "Content-Type": "application/json", Accept: "application/json" };
let functions: Promise<FunctionAbout[]> | undefined;

/** One place and what is asked about it; of two questions of a sort only the last one is answered. */
export class Asking {
  private running = new Map<string, AbortController>();

  constructor(readonly spot: Spot) {}

  judge(about: { text?: string; tree?: Group; sample?: string }): Promise<Judged | null> {
    return this.post<Judged>("", about);
  }

  async offers(text: string, position: number): Promise<Offer[]> {
    return (await this.post<{ data: Offer[] }>("/completions", { text, position }))?.data ?? [];
  }

  /** The fields behind a path of lookups. */
  async fields(below: string): Promise<ConditionField[]> {
    return (await this.post<{ data: ConditionField[] }>("/fields", { below }, below))?.data ?? [];
  }

  private async post<T>(what: string, more: object, sort = ""): Promise<T | null> {
    const { set, key, path, entity } = this.spot;
    const kind = `${what} ${sort}`;
    this.running.get(kind)?.abort();
    const control = new AbortController();
    this.running.set(kind, control);
    const body = JSON.stringify({ key, path, entity, documents: this.spot.documents(), ...more } as Record<string, Json | object>);
    const answer = await ask(`${API}/change-sets/${encodeURIComponent(set)}/expressions${what}`, { method: "POST", headers: HEADERS, body, signal: control.signal });
    if (!answer?.ok) return null;
    return (await answer.json().catch(() => null)) as T | null;
  }
}

/** The functions of the language, fetched once. */
export function allFunctions(): Promise<FunctionAbout[]> {
  functions ??= ask(`${API}/functions`).then(async (answer) => (answer?.ok ? ((await answer.json()) as { data: FunctionAbout[] }).data : []));
  return functions;
}

/** Records by their title, as far as one may see them: those of each entity (name and label) in turn. */
export async function recordsOf(entities: [string, string][], text: string): Promise<Titled[]> {
  const found = await Promise.all(entities.map(([name, label]) => titlesOf(name, entities.length > 1 ? label : "", text)));
  return found.flat();
}

async function titlesOf(entity: string, of: string, text: string): Promise<Titled[]> {
  const query = new URLSearchParams(text ? { q: text } : {});
  const answer = await ask(`${API}/records/${encodeURIComponent(entity)}/titles?${query}`);
  const found = answer?.ok ? ((await answer.json()) as { data: Titled[] }).data : [];
  return found.map((each) => ({ ...each, of }));
}
