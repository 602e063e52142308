// A place in a panel: one part of a definition, what is wrong there, and how it is changed.
import type { TemplateResult } from "lit";
import type { Problem } from "../core/drafts";
import { pointer, type Json } from "../core/json";
import type { Named, World } from "../core/world";
import type { Part, Reading } from "./schema";

/** What all places of a panel share. entity: whose fields are meant where a schema says nothing else. */
export interface Surroundings {
  reading: Reading;
  world: World;
  file: string;
  entity: string;
  problems: Problem[];
  isChecked: boolean;
  /** Puts a value at a path; `merge` tells that typing goes on. undefined takes it out. */
  edit(path: string[], value: Json | undefined, merge?: string): void;
  /** Another key for a choice of a field, wherever it stands; whether it was done. */
  rename?(about: { field: string; entry: string; to: string }): Promise<boolean>;
  /** Asks what becomes of the records with a choice of a field; whether the choice alone is still to be taken out. */
  takeOut?(about: { field: string; entry: string }): Promise<boolean>;
  /** Entries made in this panel: nothing refers to them until they have a key. */
  newborn: Set<string>;
  /** What is open or not, by place. */
  isOpen(place: string): boolean;
  toggle(place: string): void;
  /** One line of the panel, for parts that hold others. */
  line(place: Place): TemplateResult;
}

export interface Place {
  part: Part;
  path: string[];
  value: Json | undefined;
  /** The object that the part belongs to: other options may say whose fields are meant. */
  owner: Json | undefined;
  around: Surroundings;
}

export function idOf(path: readonly string[]): string {
  return `p-${path.join("-").replace(/[^\w-]/g, "_")}`;
}

/** What is wrong at a place: said of it, or of its owner because it is missing there. */
export function problemsAt(place: Place): Problem[] {
  const here = pointer(place.path);
  const owner = pointer(place.path.slice(0, -1));
  const about = new RegExp(`(^|\\s)${literally(place.part.title || place.part.name)}([\\s。]|$)`);
  return place.around.problems.filter((each) => (each.field === here || (each.field === owner && each.code === "required" && about.test(each.message))) && each.file === place.around.file);
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** Everything wrong at a path or below it. */
export function problemsUnder(around: Surroundings, path: readonly string[]): Problem[] {
  const here = pointer(path);
  return around.problems.filter((each) => each.file === around.file && (each.field === here || each.field.startsWith(`${here}/`)));
}

/** The entity whose fields a place names: `x-of` names the option that says it, `x-entity` says it outright. */
export function entityOf(place: Place): string {
  const { schema } = place.part;
  const named = typeof schema["x-of"] === "string" ? schema["x-of"] : undefined;
  const owner = place.owner;
  if (named) return typeof owner === "object" && owner !== null && !Array.isArray(owner) ? String(owner[named] ?? "") : "";
  return typeof schema["x-entity"] === "string" ? schema["x-entity"] : place.around.entity;
}

/** What can be chosen, told apart by name where two are called the same. */
function apart(found: Named[]): [string, string][] {
  const often = (label: string) => found.filter((each) => each.label === label).length > 1;
  return found.map((each) => [each.name, often(each.label) ? `${each.label} (${each.name})` : each.label]);
}

/** The definitions that a place may name, with what they are called. `x-fits: entity` are those about the entity at hand;
    what is named already is told in any case. */
export function definitionsFor(place: Place, kind: string): [string, string][] {
  const { part, value, around } = place;
  const now = Array.isArray(value) ? value : [value];
  const fits = (each: Named) => part.schema["x-fits"] === undefined || each.entity === around.entity || now.includes(each.name);
  return apart(around.world.definitions(kind).filter(fits));
}

/** The fields that a place may name. `x-fits` lists the types that make sense there (of a formula, its result counts);
    what is named already is told in any case. */
export function fieldsFor(place: Place, withOwner = false): [string, string][] {
  const { part, value, around } = place;
  const types = part.schema["x-fits"];
  const fits = (each: Named) => !Array.isArray(types) || types.includes(each.type ?? "") || each.name === value;
  return apart(around.world.fields(entityOf(place), withOwner).filter(fits));
}
