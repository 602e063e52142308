// Line items: whose they are is said by a lookup of the lines. Choosing the entity of the lines chooses it, or makes it.
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import { isObject, put, type Definition, type Definitions, type Json } from "../core/json";
import { pick } from "../core/labels";
import type { Workbench } from "../core/workbench";
import { pointing } from "../relations/lookup";

/** Whether a path says which entity holds the lines of a field. */
export function saysLines(entity: Definition, path: string[]): boolean {
  const [head, name = "", part, option] = path;
  const field = head === "fields" && isObject(entity.fields) ? entity.fields[name] : undefined;
  return isObject(field) && field.type === "children" && part === "options" && option === "entity";
}

/** The definitions when a field's lines are those of `target`. */
export async function lined(bench: Workbench, key: string, name: string, target: string): Promise<Definitions> {
  const own = key.slice("entity/".length);
  const entity = bench.documents[key] ?? {};
  const there = `entity/${target}`;
  const lines = target && target !== own ? (bench.documents[there] ?? (await bench.open(there))) : null;
  const options = (more: Definition) => put(entity, ["fields", name, "options"], { ...optionsOf(entity, name), entity: target, ...more }) as Definition;
  if (!lines) return { [key]: target ? options({}) : (put(entity, ["fields", name, "options", "entity"], undefined) as Definition) };
  const known = backTo(lines, own);
  if (known) return { [key]: options({ lookup: known }) };
  const made = pointing(lines, own, entity.label);
  toast(say("build_line_lookup_made", { label: pick(entity.label) || own, lines: pick(lines.label) || target }), "good");
  return { [key]: options({ lookup: made.name }), [there]: made.entity };
}

function optionsOf(entity: Definition, name: string): Definition {
  const field = isObject(entity.fields) ? entity.fields[name] : undefined;
  return isObject(field) && isObject(field.options) ? field.options : {};
}

function backTo(lines: Definition, own: string): string | undefined {
  const pointsHere = ([, field]: [string, Json]) => isObject(field) && field.type === "lookup" && isObject(field.options) && field.options.entity === own;
  return Object.entries(isObject(lines.fields) ? lines.fields : {}).find(pointsHere)?.[0];
}
