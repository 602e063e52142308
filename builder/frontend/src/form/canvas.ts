// A form as it stands on the canvas: tabs, sections, fields in twelve columns. What is chosen is told by its path.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import { at, isObject, pointer, same, type Definition, type Path } from "../core/json";
import { pick, type Language } from "../core/labels";
import type { Problem } from "../core/drafts";
import { inOrder } from "../core/orders";
import type { TypeAbout } from "../panel/schema";
import { buttonsOf, factsOf, fieldsIn, HEAD, sectionsOf, sectionsPath, spanOf, tabsOf } from "./layout";
import { ownLabel } from "./shelves";

/** Rules of a field, and the word for each. */
const RULES = [["visible_if", "build_rule_shown"], ["required_if", "build_rule_required"], ["read_only_if", "build_rule_read_only"]] as const;
const WIDE = ["textarea", "lines", "address"];

export interface Canvas {
  key: string;
  form: Definition;
  entity: Definition;
  published: Definition | null;
  tab: string | null;
  chosen: string;
  stop: string;
  language: Language;
  problems: Problem[];
  type(field: Definition | undefined): TypeAbout | undefined;
  choose(path: Path): void;
  show(tab: string | null): void;
  addSection(): void;
  /** What people call an entity, or a field of it. */
  called(entity: string, field?: string): string;
  /** What a rule says, as a sentence; empty where it cannot be said. of: the definition that the place is in. */
  sentence(rule: string, of: "form" | "entity", place: Path): Promise<string>;
}

export function sheet(canvas: Canvas): TemplateResult {
  const { form, tab } = canvas;
  const shown = tab === null ? undefined : at(form, ["tabs", tab]);
  return html`${form.purpose === "quick" ? nothing : html`${buttons(canvas)}${facts(canvas)}`}${tabBar(canvas)}
    ${isObject(shown) && shown.kind !== "fields" ? related(canvas, shown) : html`<div class="stack-4" data-sections>${repeat(sectionsOf(form, tab), ([name]) => name, ([name, section]) => sectionOf(canvas, [...sectionsPath(tab), name], section))}</div>
      <p class="row-flex"><button type="button" class="btn btn-quiet" data-add-section @click=${canvas.addSection}>${icon("plus")}${say("build_section")}</button></p>`}`;
}

/** The buttons in the head of the record's page, where there are any. */
function buttons(canvas: Canvas): TemplateResult | typeof nothing {
  const found = buttonsOf(canvas.form);
  if (!found.length) return nothing;
  return html`<section class="form-section" aria-label=${say("build_buttons")}><p class="label">${say("build_buttons")}</p>
    <ul class="parts fact-chips" data-buttons>${repeat(found, ([name]) => name, ([name, button]) => buttonOf(canvas, name, button))}</ul></section>`;
}

function buttonOf(canvas: Canvas, name: string, button: Definition): TemplateResult {
  const path = ["buttons", name];
  const place = path.join("/");
  const isNew = !same(at(canvas.published ?? undefined, path), button);
  return html`<li data-button=${name}><button type="button" class="part chip-part ${canvas.chosen === place ? "is-chosen" : ""} ${isNew ? "is-new" : ""} ${isWrong(canvas, path) ? "is-wrong" : ""}" data-stop=${place} tabindex=${canvas.stop === place ? 0 : -1} aria-pressed=${canvas.chosen === place} @click=${() => canvas.choose(path)}><span class="row-flex">${icon(typeof button.icon === "string" ? button.icon : "bolt")}<span class="clip">${pick(button.label, canvas.language) || name}</span>${ruleOf(button.when, "build_rule_shown", (rule) => canvas.sentence(rule, "form", [...path, "when"]))}</span></button></li>`;
}

/** The key facts in the head of the record's page. */
function facts(canvas: Canvas): TemplateResult {
  const found = factsOf(canvas.form);
  return html`<section class="form-section" aria-label=${say("build_facts")}><p class="label">${say("build_facts")}</p>
    <ul class="parts fact-chips" data-fields="head">${repeat(found, ([name]) => name, ([name, item]) => fact(canvas, name, item))}</ul>
    ${found.length ? nothing : html`<p class="slot t-12">${say("build_drop_facts")}</p>`}</section>`;
}

function fact(canvas: Canvas, name: string, item: Definition): TemplateResult {
  const path = [...HEAD, name];
  const place = path.join("/");
  const label = at(canvas.entity, ["fields", String(item.path ?? name), "label"]);
  return html`<li data-field=${place}><button type="button" class="part chip-part ${canvas.chosen === place ? "is-chosen" : ""} ${isWrong(canvas, path) ? "is-wrong" : ""}" data-stop=${place} tabindex=${canvas.stop === place ? 0 : -1} aria-pressed=${canvas.chosen === place} @click=${() => canvas.choose(path)}>${pick(label, canvas.language) || ownLabel(name)}</button></li>`;
}

function tabBar(canvas: Canvas): TemplateResult | typeof nothing {
  const tabs = tabsOf(canvas.form);
  if (!tabs.length) return nothing;
  const one = (tab: string | null, text: string) => html`<button type="button" role="tab" id="form-tab-${tab ?? ""}" data-tab=${tab ?? ""} aria-selected=${canvas.tab === tab} tabindex=${canvas.tab === tab ? 0 : -1} class=${tab !== null && isWrong(canvas, ["tabs", tab]) ? "bad" : ""} @click=${() => canvas.show(tab)}>${text}</button>`;
  return html`<div class="tabs" role="tablist" aria-label=${say("build_tabs")}>${one(null, say("build_main_part"))}${tabs.map(([name, tab]) => one(name, pick(tab.label, canvas.language) || name))}</div>`;
}

function isWrong(canvas: Canvas, path: Path): boolean {
  const here = pointer(path);
  return canvas.problems.some((each) => each.file === canvas.key && (each.field === here || each.field.startsWith(`${here}/`)));
}

function sectionOf(canvas: Canvas, path: Path, section: Definition): TemplateResult {
  const place = path.join("/");
  const label = pick(section.label, canvas.language) || path.at(-1);
  return html`<section class="form-section ${isWrong(canvas, path) ? "is-wrong" : ""}" data-section=${place} aria-label=${label ?? ""}>
    <button type="button" class="section-head ${canvas.chosen === place ? "is-chosen" : ""}" data-stop=${place} tabindex=${canvas.stop === place ? 0 : -1} aria-pressed=${canvas.chosen === place} @click=${() => canvas.choose(path)}><span class="grip" data-grip>${icon("grip-vertical")}</span>${label}${ruleOf(section.visible_if, "build_rule_shown", (rule) => canvas.sentence(rule, "form", [...path, "visible_if"]))}</button>
    <ul class="form-grid parts" data-fields=${place}>${repeat(fieldsIn(section), ([name]) => name, ([name, item]) => fieldOf(canvas, [...path, "fields", name], item, section))}</ul>
    ${fieldsIn(section).length ? nothing : html`<p class="slot t-12">${say("build_drop_fields")}</p>`}
  </section>`;
}

function fieldOf(canvas: Canvas, path: Path, item: Definition, section: Definition): TemplateResult {
  const name = path.at(-1) ?? "";
  const found = at(canvas.entity, ["fields", name]);
  const field = isObject(found) ? found : undefined;
  const type = canvas.type(field);
  const place = path.join("/");
  const label = pick(item.label, canvas.language) || pick(field?.label, canvas.language) || ownLabel(name);
  const isNew = !same(at(canvas.published ?? undefined, path), item);
  const span = spanOf(item, section, WIDE.includes(type?.widget ?? ""));
  return html`<li class="span-${span}" data-field=${place}>
    <button type="button" class="part ${canvas.chosen === place ? "is-chosen" : ""} ${isNew ? "is-new" : ""} ${isWrong(canvas, path) ? "is-wrong" : ""}" data-stop=${place} tabindex=${canvas.stop === place ? 0 : -1} aria-pressed=${canvas.chosen === place} @click=${() => canvas.choose(path)}>
      <span class="label row-flex"><span class="clip">${label}</span>${field?.required ? html`<span class="bad">*</span>` : nothing}${isNew ? html`<span class="sr">${say("build_is_new")}</span>` : nothing}</span>
      <span class="ghost ${type?.widget === "textarea" || type?.widget === "lines" ? "is-tall" : ""}">${icon(type?.icon ?? "lock")}${columnsOf(canvas, item, field) ?? html`<span class="clip grow">${pick(type?.label, canvas.language)}</span>`}${field ? RULES.map(([key, word]) => ruleOf(field[key], word, (rule) => canvas.sentence(rule, "entity", ["fields", name, key]))) : nothing}</span></button></li>`;
}

/** The columns that the form chose for lines; nothing where it chose none. */
function columnsOf(canvas: Canvas, item: Definition, field: Definition | undefined): TemplateResult | undefined {
  const lines = String(at(field, ["options", "entity"]) ?? "");
  const columns = inOrder(item.columns);
  if (!columns.length) return undefined;
  const text = (name: string, column: Definition) => pick(column.label, canvas.language) || canvas.called(lines, String(column.path ?? name));
  return html`<span class="row-flex wrap grow">${columns.map(([name, column]) => html`<span class="pill">${text(name, column)}</span>`)}</span>`;
}

/** That there is a rule, in a word; what it says is told to whoever points at it, and stands in the panel. */
function ruleOf(rule: unknown, word: string, sentence: (rule: string) => Promise<string>): TemplateResult | typeof nothing {
  if (typeof rule !== "string" || !rule) return nothing;
  const tell = async (event: Event) => {
    const mark = event.currentTarget as HTMLElement;
    mark.title = await sentence(rule);
  };
  return html`<span class="rule-mark" @pointerenter=${tell}>${icon("git-branch")}<span class="clip">${say(word)}</span></span>`;
}

/** A tab that is no form: what it shows is said. */
function related(canvas: Canvas, tab: Definition): TemplateResult {
  const entity = String(tab.entity ?? "?");
  const columns = inOrder(tab.columns).map(([name]) => name);
  const place = `tabs/${canvas.tab ?? ""}`;
  return html`<button type="button" class="part ghost-list ${canvas.chosen === place ? "is-chosen" : ""}" data-stop=${place} @click=${() => canvas.choose(["tabs", canvas.tab ?? ""])}>
    <span class="label">${tab.kind === "related" ? say("build_list_of", { entity: canvas.called(entity), lookup: canvas.called(entity, String(tab.lookup ?? "?")) }) : pick(tab.label, canvas.language)}</span>
    ${columns.length ? html`<span class="ghost">${columns.map((each) => html`<span class="pill">${canvas.called(entity, each)}</span>`)}</span>` : nothing}</button>`;
}
