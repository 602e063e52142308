// The change set at the server: the same addresses that programs use.
import { ask, problemOf, renewToken, type Problem as Refusal } from "@ui/net";
import { withoutEngineKeys, type Definition, type Definitions, type Json } from "./json";
import { inTurn, pick } from "./labels";

/** One thing that is wrong. file: the definition; field: JSON pointer into it. */
export interface Problem {
  file?: string;
  field: string;
  code: string;
  message: string;
  /** Where in the definition it stands, in words. */
  place?: string;
}

export interface Listed {
  key: string;
  label?: Definition | string;
  /** The one that it is about. */
  entity?: string | null;
  edited?: boolean;
  /** Not published yet. */
  new?: boolean;
}

/** What is worked on in this change set is more likely meant than the first of all. */
export function likely(listed: Listed[]): Listed | undefined {
  return listed.find((each) => each.new) ?? listed.find((each) => each.edited) ?? listed[0];
}

/** Definitions that an act would change, as they are and as they would be. */
export interface Proposal {
  before: Definitions;
  after: Definitions;
}

/** A place of a definition. said: the place in words, or what is wrong there. */
export interface Spot {
  key: string;
  path: string;
  said: string;
}

/** A definition that changes, in words. */
export interface Change {
  key: string;
  said: string;
  goes: boolean;
}

/** changes: the other definitions that change. left: what would not hold together any more. records: how many have the
    choice or stage that goes. */
export interface Retirement extends Proposal {
  changes: Change[];
  left: Spot[];
  records: number | null;
}

/** changes: every definition that changes. */
export interface Comeback extends Proposal {
  changes: Change[];
}

/** What something is called: by programs, and by people in each language that is known. */
export interface Words {
  name: string;
  label: Definition;
  /** What many of them are called. */
  plural: Definition;
}

/** A retired field that can come back with its values. column: what it is called in the database; values: null where one may not know. */
export interface Gone {
  id: string;
  field: string;
  column: string;
  label: Json | undefined;
  type: string;
  at: string;
  values: number | null;
}

export type Tags = Record<string, string | null>;
/** tags: of what was kept; status 0: the server could not be reached. */
export type Kept = { tags: Tags } | Refused;
export interface Refused {
  status: number;
  refusal: Refusal;
}

const API = "/api/v1";
const JSON_HEADERS = { "Content-Type": "application/json", Accept: "application/json" };

export class Drafts {
  constructor(readonly set: string) {}

  private url(rest: string): string {
    return `${API}/change-sets/${encodeURIComponent(this.set)}/${rest}`;
  }

  /** A definition with its tag; null where there is none, undefined where that could not be told. */
  async get(key: string): Promise<{ document: Definition; tag: string } | null | undefined> {
    const answer = await ask(this.url(`documents/${key}`), { headers: { Accept: "application/json" } });
    if (!answer?.ok) return answer?.status === 404 ? null : undefined;
    return { document: withoutEngineKeys(await answer.json()) as Definition, tag: answer.headers.get("ETag") ?? "*" };
  }

  /** The definitions of a kind, by what people call them. */
  async list(kind: string): Promise<Listed[]> {
    const answer = await ask(this.url(`documents?kind=${kind}`));
    const found = answer?.ok ? ((await answer.json()) as { data: Listed[] }).data : [];
    return found.sort((one, other) => inTurn(pick(one.label) || one.key, pick(other.label) || other.key));
  }

  /** What programs would call what people call so; empty where nothing of it can stand in a name. */
  async called(label: string): Promise<string> {
    return (await this.words(label)).name;
  }

  /** The same, with what people usually call it in the other language. */
  async words(label: string, of: "entity" | "field" | "other" = "other"): Promise<Words> {
    const answer = await ask(`${API}/names?${new URLSearchParams({ label, of })}`);
    return answer?.ok ? ((await answer.json()) as Words) : { name: "", label: {}, plural: {} };
  }

  async schema(kind: string): Promise<Definition> {
    const answer = await ask(`${API}/schema/${kind}`);
    return answer?.ok ? ((await answer.json()) as Definition) : {};
  }

  /** Keeps what was edited: one definition by itself, several together or not at all. tags: what was seen of them. */
  async keep(edited: Definitions, tags: Tags): Promise<Kept> {
    const [key, ...more] = Object.keys(edited);
    const document = key === undefined ? null : edited[key];
    if (key !== undefined && document && !more.length && tags[key]) return this.putOne(key, document, tags[key]);
    const body = JSON.stringify({ documents: edited, seen: Object.fromEntries(Object.entries(tags).filter(([, tag]) => tag !== "*")) });
    const answer = await save(this.url("documents"), { method: "POST", headers: JSON_HEADERS, body });
    return answer?.ok ? ((await answer.json()) as { tags: Tags }) : refusal(answer);
  }

  /** Whether somebody is signed in (again). */
  async renew(): Promise<boolean> {
    return renewToken();
  }

  private async putOne(key: string, document: Definition, tag: string): Promise<Kept> {
    const body = JSON.stringify(document);
    const headers = { ...JSON_HEADERS, "If-Match": tag };
    const answer = await save(this.url(`documents/${key}`), { method: "PUT", headers, body });
    if (!answer?.ok) return refusal(answer);
    await answer.text().catch(() => ""); // the browser counts what outlives the page until it is read to the end
    return { tags: { [key]: answer.headers.get("ETag") } };
  }

  /** What is wrong with the whole workspace with these edits; null where that could not be told. */
  async problems(edited: Definitions, signal: AbortSignal): Promise<Problem[] | null> {
    const body = JSON.stringify({ documents: edited });
    const answer = await ask(this.url("problems"), { method: "POST", headers: JSON_HEADERS, body, signal });
    if (!answer?.ok) return null;
    // What is typed meanwhile also ends an answer that has begun.
    const told = (await answer.json().catch(() => null)) as { problems: Problem[] } | null;
    return told?.problems ?? null;
  }

  /** Why what is kept could not be published as the records are: values that repeat under a new unique key. */
  async obstacles(): Promise<Problem[]> {
    const answer = await ask(this.url("plan"));
    return answer?.ok ? ((await answer.json()) as { obstacles: Problem[] }).obstacles : [];
  }

  /** What a rename would change. */
  async rename(about: { key: string; field?: string; entry?: string; to: string }): Promise<Proposal | Refusal> {
    return this.propose("rename", about);
  }

  /** What taking something out would change, another one put in its place (`instead`), or what reads it gone as well. */
  async retirement(about: { key: string; field?: string; entry?: string; instead?: string; mend?: boolean }): Promise<Retirement | Refusal> {
    return this.propose("retire", about);
  }

  /** Retired fields of an entity, the last one first. */
  async retired(entity: string): Promise<Gone[]> {
    const answer = await ask(this.url(`retired?${new URLSearchParams({ entity })}`));
    return answer?.ok ? ((await answer.json()) as { data: Gone[] }).data : [];
  }

  /** What bringing a retired field back would change. */
  async comeback(id: string): Promise<Comeback | Refusal> {
    return this.propose("restore", { id });
  }

  /** Every place that names a definition, or one of its fields, in the order of the definitions. */
  async uses(key: string, field?: string): Promise<Spot[]> {
    const query = field ? `?${new URLSearchParams({ field })}` : "";
    const answer = await ask(this.url(`documents/${key}/uses${query}`));
    return answer?.ok ? ((await answer.json()) as { data: Spot[] }).data : [];
  }

  private async propose<T extends Proposal>(what: string, about: object): Promise<T | Refusal> {
    const answer = await ask(this.url(`proposals/${what}`), { method: "POST", headers: JSON_HEADERS, body: JSON.stringify(about) });
    if (answer?.ok) return (await answer.json()) as T;
    return answer ? problemOf(answer) : {};
  }
}

/** Goes on when the page is left, where the browser lets it: what is under way at once may have 64 KiB, in bytes. */
function save(url: string, options: RequestInit & { body: string }): Promise<Response | null> {
  return ask(url, { ...options, keepalive: new TextEncoder().encode(options.body).length < 60_000 });
}

async function refusal(answer: Response | null): Promise<Kept> {
  return answer ? { status: answer.status, refusal: await problemOf(answer) } : { status: 0, refusal: {} };
}
