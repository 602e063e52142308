// Reading a JSON Schema as a property panel: which parts there are, under which heading, with which hint.
import { isObject, type Definition, type Json } from "../core/json";

export type Schema = Definition;

/** The registry that a property names in `x-registry` where its value is a type of field. */
const FIELD_TYPE = "field type";

/** What stands in one line of a panel. */
export interface Part {
  name: string;
  schema: Schema;
  title: string;
  hint: string;
  group: string;
  required: boolean;
}

/** What a registered type says of itself (`x-types`). */
export interface TypeAbout {
  key: string;
  label: Json;
  icon: string;
  group?: string;
  widget?: string;
  system?: boolean;
  unused?: string[];
  /** Options of a new field; nothing where it needs none. */
  starter?: Definition | null;
  example?: Json;
  /** How a designer shows a view of it: `rows`, `lanes`, or as a template of its own draws it. */
  canvas?: string;
}

export class Reading {
  constructor(private root: Schema) {}

  /** A schema with its `$ref` followed; what stands beside it is said of this place and holds first. */
  resolved(schema: Json | undefined): Schema {
    if (!isObject(schema)) return {};
    const name = typeof schema.$ref === "string" ? schema.$ref.replace("#/$defs/", "") : "";
    const meant = isObject(this.root.$defs) ? this.root.$defs[name] : undefined;
    if (!name || !isObject(meant)) return schema;
    const { $ref: _ref, ...beside } = schema;
    // What labels and names are in general is plain from their boxes.
    const { description, ...shape } = this.resolved(meant);
    return { ...shape, ...(isObject(meant) && !meant.anyOf && name !== "name" && description ? { description } : {}), ...beside };
  }

  /** The schema that holds for a value: of several forms the one of its kind, with what its type asks for. */
  fitting(schema: Schema, value: Json | undefined): Schema {
    const whole = this.resolved(schema);
    const forms = whole.oneOf;
    if (Array.isArray(forms)) return this.fitting(this.formOf(forms, value), value);
    if (isOfType(whole)) return this.asField(whole, value);
    if (!Array.isArray(whole.allOf)) return whole;
    const then = whole.allOf.filter(isObject).find((each) => holds(each.if, value))?.then;
    if (!isObject(then)) return whole;
    const properties: Schema = { ...(whole.properties as Schema) };
    for (const [name, part] of Object.entries(isObject(then.properties) ? then.properties : {})) {
      properties[name] = { ...this.resolved(properties[name]), ...this.resolved(part) };
    }
    return { ...whole, properties, required: [...names(whole.required), ...names(then.required)] };
  }

  /** A type of field with its options, as the result of a formula: both are asked for as they are of a field itself. */
  private asField(whole: Schema, value: Json | undefined): Schema {
    const fields = this.below(this.root, ["fields", ""]);
    const type = isObject(value) && typeof value.type === "string" ? value.type : "";
    const properties = whole.properties as Schema;
    const theirs = this.fitting(fields, { type }).properties as Schema | undefined;
    const known = this.types(this.resolved(theirs?.type)).filter((each) => each.group !== "computed" && !each.system);
    const types = { ...this.resolved(properties.type), "x-types": Object.fromEntries(known.map((each) => [each.key, each])) as unknown as Json };
    return { ...whole, properties: { ...properties, type: types, options: { ...this.resolved(theirs?.options), ...this.resolved(properties.options), "x-group": "" } } };
  }

  /** The options that a new field of a type begins with. */
  starter(type: string): Definition {
    const found = this.types(this.below(this.root, ["fields", "", "type"])).find((each) => each.key === type);
    return found?.starter ?? {};
  }

  private formOf(forms: Json[], value: Json | undefined): Schema {
    const all = forms.map((each) => this.resolved(each));
    return all.find((each) => isObject(each.properties) && Object.entries(each.properties).every(([name, part]) => !isObject(part) || !("const" in part) || (isObject(value) && value[name] === part.const))) ?? all[0] ?? {};
  }

  /** The parts of an object, without those that people are not asked for. */
  parts(schema: Schema, value: Json | undefined): Part[] {
    const whole = this.fitting(schema, value);
    const properties = isObject(whole.properties) ? whole.properties : {};
    const required = names(whole.required);
    const unused = typeOf(properties, value)?.unused ?? [];
    const has = (name: string) => isObject(value) && name in value;
    return Object.entries(properties)
      .map(([name, part]) => partOf(name, this.resolved(part), required.includes(name)))
      .filter((part) => part.schema["x-widget"] !== "hidden" && !("const" in part.schema) && !isBare(part.schema))
      .filter((part) => !unused.includes(part.name) || has(part.name));
  }

  /** The schema of what stands at a path below the one of a schema. */
  below(schema: Schema, path: readonly string[]): Schema {
    return path.reduce((here, name) => {
      const whole = this.resolved(here);
      return this.resolved((isObject(whole.properties) ? whole.properties[name] : undefined) ?? whole.additionalProperties);
    }, schema);
  }

  /** All registered types that a property of a schema may name. */
  types(schema: Schema): TypeAbout[] {
    const told = isObject(schema["x-types"]) ? schema["x-types"] : {};
    return Object.entries(told).map(([key, about]) => ({ ...(about as unknown as TypeAbout), key }));
  }
}

/** What the type of a value says of itself. */
export function typeOf(properties: Schema, value: Json | undefined): TypeAbout | undefined {
  for (const [name, part] of Object.entries(properties)) {
    const told = isObject(part) && isObject(part["x-types"]) ? part["x-types"] : undefined;
    const key = isObject(value) ? value[name] : undefined;
    if (told && typeof key === "string" && isObject(told[key])) return { ...(told[key] as unknown as TypeAbout), key };
  }
  return undefined;
}

export function names(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function holds(condition: Json | undefined, value: Json | undefined): boolean {
  const wanted = isObject(condition) && isObject(condition.properties) ? condition.properties : {};
  return Object.entries(wanted).every(([name, part]) => isObject(part) && isObject(value) && value[name] === part.const);
}

/** Whether an object is a field type and its options, and no field. */
function isOfType(schema: Schema): boolean {
  const properties = isObject(schema.properties) ? schema.properties : {};
  return isObject(properties.type) && properties.type["x-registry"] === FIELD_TYPE && !isObject(properties.type["x-types"]);
}

/** An object of which nothing is known has no input. */
function isBare(schema: Schema): boolean {
  const isNamed = isObject(schema.properties) && Object.keys(schema.properties).length > 0;
  return schema.type === "object" && !isNamed && !isObject(schema.additionalProperties) && !schema.oneOf && !schema.anyOf;
}

function partOf(name: string, schema: Schema, required: boolean): Part {
  const title = typeof schema.title === "string" ? schema.title : readable(name);
  const hint = typeof schema.description === "string" ? schema.description : "";
  return { name, schema, title, hint, group: typeof schema["x-group"] === "string" ? schema["x-group"] : "", required };
}

/** `visible_if` as people write it. */
export function readable(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Parts under their headings, in the order of first mention. */
export function grouped(parts: Part[]): [string, Part[]][] {
  const groups = new Map<string, Part[]>();
  for (const part of parts) groups.set(part.group, [...(groups.get(part.group) ?? []), part]);
  return [...groups];
}
