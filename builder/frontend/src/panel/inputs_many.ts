// Parts that hold several things: arrays of names, objects with parts of their own, and maps of entries.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { icon } from "@ui/dom";
import { toast } from "@ui/toast";
import { say } from "@ui/words";
import { at, isObject, put, rekeyed, type Definition, type Json } from "../core/json";
import { free, pick } from "../core/labels";
import { inOrder, placed } from "../core/orders";
import { pasted } from "../core/pasting";
import { keysOf } from "./inputs_special";
import { isChoice, nameAfterLabel, NEW } from "./newborn";
import { definitionsFor, entityOf, idOf, problemsAt, problemsUnder, type Place } from "./place";
import "./pasting";
import { describedBy, said, valueText } from "./saying";
import { names, type Schema } from "./schema";
import { tickedFirst } from "./ticked";

const COLUMNS = "columns";

/** Names out of a known list are ticked; others are written with commas between. */
export function manyInput(place: Place): TemplateResult {
  const { part, path, value, around } = place;
  const id = idOf(path);
  const known = offered(place);
  const now = names(value);
  const wrong = problemsAt(place).length > 0;
  const keep = (next: string[]) => around.edit(path, next.length ? next : undefined);
  if (!known) {
    const read = (event: Event) => keep((event.target as HTMLInputElement).value.split(/[,，]/).map((each) => each.trim()).filter(Boolean));
    return html`<div class="field ${wrong ? "is-wrong" : ""}" data-part=${part.name}><label for=${id}>${part.title}</label>
      <input class="form-control mono" id=${id} autocomplete="off" spellcheck="false" .value=${now.join(", ")} aria-describedby=${describedBy(place) || nothing} @change=${read}>${said(place)}</div>`;
  }
  const tick = (name: string, on: boolean) => keep(on ? [...now, name] : now.filter((each) => each !== name));
  const box = ([name, text]: [string, string]) => html`<label class="check"><input type="checkbox" class="form-check-input" .checked=${now.includes(name)} @change=${(event: Event) => tick(name, (event.target as HTMLInputElement).checked)}>${text}</label>`;
  return html`<fieldset class="field ticks ${wrong ? "is-wrong" : ""}" data-part=${part.name}><legend class="label">${part.title}</legend>
    ${known.length ? nothing : html`<p class="muted t-12">${say("build_none_fits")}</p>`}<div class="tick-list">${tickedFirst(`${around.file} ${id}`, known, now, box)}</div>${said(place)}</fieldset>`;
}

function offered(place: Place): [string, string][] | undefined {
  const items = place.around.reading.resolved(place.part.schema.items);
  const [widget, kind] = String(place.part.schema["x-widget"] ?? items["x-widget"] ?? "").split(":");
  if (Array.isArray(items.enum)) return names(items.enum).map((each) => [each, valueText(items, each)]);
  if ((widget === "definition" || widget === "definitions") && kind) return definitionsFor(place, kind);
  if (widget === "field") return place.around.world.fields(entityOf(place)).map((each) => [each.name, each.label]);
  if (widget === "key" && kind) return keysOf(place, kind);
  return undefined;
}

/** Parts inside a part. */
export function objectInput(place: Place): TemplateResult {
  return html`<fieldset class="inner" data-part=${place.part.name}><legend class="label">${place.part.title}</legend>${lines(place, place.part.schema)}${said({ ...place, part: { ...place.part, hint: "" } })}</fieldset>`;
}

/** The lines of everything in an object. */
export function lines(place: Place, schema: Schema): TemplateResult[] {
  const { around, path, value } = place;
  return around.reading.parts(schema, value).map((part) => around.line({ part, path: [...path, part.name], value: isObject(value) ? value[part.name] : undefined, owner: value, around }));
}

/** Entries by key: each can be opened, moved and taken out; new ones are added at the end. */
export function mapInput(place: Place): TemplateResult {
  const { part, path, value, around } = place;
  const map = isObject(value) ? value : {};
  const schema = around.reading.resolved(part.schema.additionalProperties);
  const add = () => {
    const key = free(singular(part.name), Object.keys(map));
    around.edit([...path], placed(map, key, starter(around.reading.resolved(schema)), Infinity));
    around.newborn.add(idOf([...path, key]));
    around.toggle(idOf([...path, key]));
  };
  return html`<div class="field map" data-part=${part.name}><span class="label" id=${idOf(path)}>${part.title}</span>
    <ul class="entries" aria-labelledby=${idOf(path)}>${repeat(inOrder(map), ([key]) => key, ([key, entry], number) => entryRow({ ...place, path: [...path, key], value: entry }, schema, { map, key, number, path }))}</ul>
    ${said(place)}
    ${isColumns(part.schema) ? addColumn(place, map) : html`<button type="button" class="btn btn-quiet add-entry" @click=${add}>${icon("plus")}${say("build_add_to", { text: part.title })}</button>`}
    ${isChoice(path) ? pasting(place, map) : nothing}</div>`;
}

/** Whether entries are fields of an entity that stand side by side: chosen by their labels, not called anything. */
function isColumns(schema: Schema): boolean {
  return String(schema["x-widget"] ?? "").split(":")[0] === COLUMNS;
}

/** Of `columns:lines`, the field of the lines that points to the record they stand in: it would say the same in each. */
function backOf({ part, path, around }: Place): string {
  if (!String(part.schema["x-widget"]).endsWith(":lines")) return "";
  const entity = at(around.world.open[around.file] ?? undefined, ["entity"]);
  return String(at(around.world.open[`entity/${String(entity)}`] ?? undefined, ["fields", path.at(-2) ?? "", "options", "lookup"]) ?? "");
}

/** The fields that do not stand there yet. */
function addColumn(place: Place, map: Definition): TemplateResult {
  const { part, path, around } = place;
  const shown = inOrder(map).map(([key, column]) => String(column.path ?? key));
  const back = backOf(place);
  const left = around.world.fields(entityOf(place), true).filter((each) => ![...shown, back].includes(each.name));
  const text = say("build_add_to", { text: part.title });
  const add = (event: Event) => {
    const box = event.target as HTMLSelectElement;
    const { value: name } = box;
    box.value = "";
    if (name) around.edit(path, placed(map, free(name, Object.keys(map)), {}, Infinity));
  };
  return html`<select class="form-select add-entry" aria-label=${text} @change=${add}><option value="">${text}</option>${left.map((each) => html`<option value=${each.name}>${each.label}</option>`)}</select>`;
}

/** Many choices at once, as one step. */
function pasting({ path, around }: Place, map: Definition): TemplateResult {
  const take = async (text: string) => {
    const type = at(around.world.open[around.file] ?? undefined, [...path.slice(0, 2), "type"]);
    const first = at(around.reading.starter(String(type)), path.slice(3));
    const made = await pasted(text, map, isObject(first) ? first : {}, (each) => around.world.called(each));
    if (made.added) around.edit(path, made.map);
    return made;
  };
  return html`<sartor-pasting control="${idOf(path)}-lines" .take=${take}></sartor-pasting>`;
}

interface Entry {
  map: Definition;
  key: string;
  number: number;
  path: string[];
}

function entryRow(place: Place, schema: Schema, { map, key, number, path }: Entry): TemplateResult {
  const { around, value } = place;
  const id = idOf(place.path);
  const isOpen = around.isOpen(id);
  const count = Object.keys(map).length;
  const isColumn = isColumns(place.part.schema);
  const text = textOf(value) || (isColumn ? around.world.path(entityOf(place), isObject(value) ? String(value.path ?? key) : key) : around.newborn.has(id) ? place.part.title : key);
  const wrong = problemsUnder(around, place.path).length > 0;
  const move = (by: number) => around.edit(path, placed(map, key, value as Definition, number + by));
  const off = async () => {
    const isRecords = isChoice(path) && !around.newborn.has(id);
    if (isRecords && around.takeOut && !(await around.takeOut({ field: path[1] ?? "", entry: key }))) return;
    around.edit(path, count > 1 ? put(map, [key], undefined) : undefined);
  };
  return html`<li class=${wrong ? "is-wrong" : ""}>
    <div class="row-flex entry"><button type="button" class="btn btn-quiet grow entry-name" aria-expanded=${isOpen} @click=${() => around.toggle(id)}>${icon(isOpen ? "chevron-down" : "chevron-right")}<span class="clip">${text}</span>${text === key || isColumn || around.newborn.has(id) ? nothing : html`<span class="faint mono clip">${key}</span>`}${wrong ? html`<span class="bad push">${icon("alert-circle")}</span>` : nothing}</button>
      <button type="button" class="btn btn-quiet btn-icon" ?disabled=${number === 0} aria-label=${say("build_up", { text })} title=${say("build_up", { text })} @click=${() => move(-1)}>${icon("arrow-up")}</button>
      <button type="button" class="btn btn-quiet btn-icon" ?disabled=${number === count - 1} aria-label=${say("build_down", { text })} title=${say("build_down", { text })} @click=${() => move(1)}>${icon("arrow-down")}</button>
      <button type="button" class="btn btn-quiet btn-icon" aria-label=${say("build_off", { text })} title=${say("build_off", { text })} @click=${off}>${icon("x")}</button></div>
    ${isOpen ? html`<div class="entry-parts stack" @focusout=${(event: FocusEvent) => void nameAfterLabel(event, place)}>${isObject(value) ? html`${isColumn ? nothing : keyLine(place, { map, key, number, path })}${lines(place, schema)}` : around.line(place)}</div>` : nothing}
  </li>`;
}

/** The key itself; others may refer to it, so it is changed only when the box is left. */
function keyLine(place: Place, { map, key, path }: Entry): TemplateResult {
  const { around } = place;
  const id = `${idOf(place.path)}-key`;
  const change = async (event: Event) => {
    const box = event.target as HTMLInputElement;
    const wanted = box.value.trim();
    if (!wanted || wanted === key || Object.hasOwn(map, wanted)) {
      if (wanted && wanted !== key) toast(say("build_name_taken", { name: wanted }), "bad");
      return void (box.value = key);
    }
    if (around.rename && isChoice(path) && !around.newborn.delete(idOf(place.path))) {
      if (!(await around.rename({ field: path[1] ?? "", entry: key, to: wanted }))) return void (box.value = key);
    } else around.edit(path, rekeyed(map, key, wanted));
    around.toggle(idOf([...path, wanted]));
  };
  return html`<div class="field"><label for=${id}>${say("build_key")}</label><input class="form-control mono" id=${id} autocomplete="off" spellcheck="false" .value=${key} @change=${change}><span class="hint">${say("build_key_hint")}</span></div>`;
}

function textOf(value: Json | undefined): string {
  if (!isObject(value)) return String(value ?? "");
  const label = pick(value.label ?? value.message);
  return label || String(value.test ?? (Array.isArray(value.fields) ? value.fields.join(", ") : ""));
}

/** `checks` -> `check`: what a new entry is called. */
function singular(name: string): string {
  return name.replace(/s$/, "");
}

/** What a new entry must have, as far as its schema says. */
function starter(schema: Schema): Definition {
  const forms = Array.isArray(schema.oneOf) ? schema.oneOf.filter(isObject) : [];
  const whole = forms[0] ?? schema;
  const properties = isObject(whole.properties) ? whole.properties : {};
  const fixed = Object.entries(properties).filter(([, part]) => isObject(part) && "const" in part);
  const made: Definition = Object.fromEntries(fixed.map(([name, part]) => [name, (part as Definition).const as Json]));
  if (names(whole.required).includes("label")) made.label = NEW;
  return made;
}
