// Rights of a role as a designer changes them: one grant for each entity, whose scope holds for every operation that
// names no other one.
import { isObject, put, same, type Definition } from "../core/json";
import type { Named } from "../core/world";
import { names, type Schema } from "../panel/schema";

export const SCOPES = ["own", "reports", "department", "department_below", "all"] as const;
export const SCOPED = ["read", "update", "delete", "export"];
export const LEVELS = ["hidden", "read", "write"] as const;
/** How fields are called that are not named. */
export const OTHERS = "*";

export function grantOf(role: Definition, entity: string): Definition | undefined {
  const found = isObject(role.grants) ? role.grants[entity] : undefined;
  return isObject(found) ? found : undefined;
}

function withGrant(role: Definition, entity: string, grant: Definition | undefined): Definition {
  return put(role, ["grants", entity], grant) as Definition;
}

/** With which records an operation may be done; empty for one that is not open. */
export function scopeOf(grant: Definition | undefined, operation: string): string {
  if (!grant || !names(grant.operations).includes(operation)) return "";
  const own = isObject(grant.scopes) ? grant.scopes[operation] : undefined;
  return String(own ?? grant.scope ?? "");
}

function writes(operation: string): boolean {
  return ["create", "update", "import"].includes(operation);
}

/** What a new grant begins with: looking at one's own records, or at all where records have no owner. */
function starter(operation: string, scope: string): Definition {
  return { operations: [operation], scope, fields: { [OTHERS]: writes(operation) ? "write" : "read" } };
}

/** Who may look at all fields and gets to write records gets to write them: otherwise each of his saves would fail. */
function open(grant: Definition, operation: string, order: readonly string[]): Definition {
  const before = names(grant.operations);
  const now = new Set([...before, operation]);
  const isPlain = same(grant.fields, { [OTHERS]: "read" }) && !before.some(writes);
  const next: Definition = { ...grant, operations: [...order.filter((each) => now.has(each))] };
  return isPlain && writes(operation) ? { ...next, fields: { [OTHERS]: "write" } } : next;
}

/** The role with an operation on the records of a scope; an empty scope closes it, and the last one closes the entity. */
export function opened(role: Definition, entity: string, operation: string, scope: string, order: readonly string[]): Definition {
  const grant = grantOf(role, entity);
  if (!scope) return grant ? closed(role, entity, grant, operation) : role;
  if (!grant) return withGrant(role, entity, starter(operation, scope));
  const next = open(grant, operation, order);
  if (!SCOPED.includes(operation)) return withGrant(role, entity, next);
  return withGrant(role, entity, put(next, ["scopes"], exceptions(next, operation, scope)) as Definition);
}

function exceptions(grant: Definition, operation: string, scope: string): Definition | undefined {
  const now: Definition = { ...(isObject(grant.scopes) ? grant.scopes : {}), [operation]: scope };
  if (scope === grant.scope) delete now[operation];
  return Object.keys(now).length ? now : undefined;
}

function closed(role: Definition, entity: string, grant: Definition, operation: string): Definition {
  const rest = names(grant.operations).filter((each) => each !== operation);
  if (!rest.length) return withGrant(role, entity, undefined);
  const scopes = isObject(grant.scopes) ? (put(grant.scopes, [operation], undefined) as Definition) : {};
  return withGrant(role, entity, put({ ...grant, operations: rest }, ["scopes"], Object.keys(scopes).length ? scopes : undefined) as Definition);
}

/** The level of a field, and whether the grant names it itself. */
export function levelOf(grant: Definition | undefined, field: string, isSensitive = false): { level: string; isOwn: boolean } {
  const fields = grant && isObject(grant.fields) ? grant.fields : {};
  if (Object.hasOwn(fields, field)) return { level: String(fields[field]), isOwn: true };
  return { level: isSensitive ? "hidden" : String(fields[OTHERS] ?? "hidden"), isOwn: false };
}

/** How many fields of an entity a grant opens how far. always: names that are not counted. */
export function levelsTold(grant: Definition, count: number, sensitive: string[], always: string[]): Record<"write" | "read" | "hidden", number> {
  const named = isObject(grant.fields) ? Object.keys(grant.fields).filter((each) => each !== OTHERS && !always.includes(each)) : [];
  const hidden = sensitive.filter((each) => !named.includes(each));
  const others = Array<string>(Math.max(0, count - named.length - hidden.length)).fill(levelOf(grant, OTHERS).level);
  const levels = [...named.map((each) => levelOf(grant, each).level), ...hidden.map(() => "hidden"), ...others];
  const told = (level: string) => levels.filter((each) => each === level).length;
  return { write: told("write"), read: told("read"), hidden: told("hidden") };
}

/** The role with a level for a field; empty leaves it to the level of the others. */
export function levelled(role: Definition, entity: string, field: string, level: string): Definition {
  return grantOf(role, entity) ? (put(role, ["grants", entity, "fields", field], level || undefined) as Definition) : role;
}

/** The role with or without a right that belongs to no entity. */
export function able(role: Definition, ability: string, isOn: boolean): Definition {
  const rest = names(role.abilities).filter((each) => each !== ability);
  const now = isOn ? [...rest, ability].sort() : rest;
  return put(role, ["abilities"], now.length ? now : undefined) as Definition;
}

/** The roles that a role may include: not itself, unless it does already and is to leave that. */
export function others(roles: readonly Named[], key: string, role: Definition): Named[] {
  const now = names(role.includes);
  return roles.filter((each) => `role/${each.name}` !== key || now.includes(each.name));
}

/** The schema of a list of roles, with those to choose from. */
export function including(schema: Schema, roles: readonly Named[]): Schema {
  const texts = Object.fromEntries(roles.map((each) => [each.name, each.label]));
  return { ...schema, items: { enum: Object.keys(texts), "x-texts": texts } };
}
