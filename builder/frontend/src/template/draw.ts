// A template on the canvas: its blocks as they will stand on the page, with a chip for each value.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import { blank } from "../core/blank";
import type { Problem } from "../core/drafts";
import { at, pointer, same, type Definition, type Json, type Path } from "../core/json";
import { pick, type Language } from "../core/labels";
import { inOrder } from "../core/orders";
import type { Related } from "../core/related";
import { blocksOf } from "./blocks";
import { BOLD, pieces } from "./merging";
import type { Names } from "./names";
import { listLabel } from "./shelves";

export interface Canvas {
  key: string;
  template: Definition;
  published: Definition | null;
  entity: string;
  lists: Related[];
  names: Names;
  chosen: string;
  stop: string;
  language: Language;
  problems: Problem[];
  choose(path: Path): void;
  /** The block whose text is being written, and the box to write in. */
  writing: string;
  write(block: Definition): TemplateResult;
}

export function blocks(canvas: Canvas): TemplateResult {
  const found = blocksOf(canvas.template);
  return html`<ul class="parts template-blocks" data-blocks>${repeat(found, ([name]) => name, ([name, block]) => blockOf(canvas, ["blocks", name], block))}</ul>
    ${found.length ? nothing : html`<p class="slot t-12">${blank("build_template_empty")}</p>`}`;
}

/** Whether something is wrong with a part itself; deep: or with anything in it. */
function wrongOf(canvas: Canvas, path: Path): Problem[] {
  const here = pointer(path);
  return canvas.problems.filter((each) => each.file === canvas.key && (each.field === here || each.field.startsWith(`${here}/`)));
}

function stop(canvas: Canvas, path: Path, value: Definition, body: TemplateResult | string, style = ""): TemplateResult {
  const place = path.join("/");
  const isNew = !same(at(canvas.published ?? undefined, path), value);
  const wrong = wrongOf(canvas, path);
  const marks = `${canvas.chosen === place ? "is-chosen" : ""} ${isNew ? "is-new" : ""} ${wrong.length ? "is-wrong" : ""}`;
  const said = html`${isNew ? html`<span class="sr">${say("build_is_new")}</span>` : nothing}${wrong.length ? html`<span class="wrong t-12">${wrong[0]?.message}</span>` : nothing}`;
  if (canvas.writing === place) return html`<div class="part is-writing ${style} ${marks}" data-stop=${place}>${canvas.write(value)}${said}</div>`;
  return html`<button type="button" class="part ${style} ${marks}" data-stop=${place} tabindex=${canvas.stop === place ? 0 : -1} aria-pressed=${canvas.chosen === place} @click=${() => canvas.choose(path)}>${body}${said}</button>`;
}

function blockOf(canvas: Canvas, path: Path, block: Definition): TemplateResult {
  const rule = typeof block.visible_if === "string" ? block.visible_if : "";
  const draw = DRAWN[String(block.kind)] ?? divider;
  return html`<li class="template-block" data-block=${path.join("/")}><span class="grip" data-grip>${icon("grip-vertical")}</span><div class="grow">${draw(canvas, path, block)}
    ${rule ? html`<span class="t-12 faint row-flex">${icon("git-branch")}<span class="clip">${say("build_shown_if", { rule })}</span></span>` : nothing}</div></li>`;
}

const DRAWN: Record<string, (canvas: Canvas, path: Path, block: Definition) => TemplateResult> = {
  heading: (canvas, path, block) => stop(canvas, path, block, text(canvas, block.content), `template-heading is-${String(block.size ?? "normal")} paper-${String(block.align ?? "start")}`),
  text: (canvas, path, block) => stop(canvas, path, block, text(canvas, block.content), `template-text is-${String(block.size ?? "normal")} paper-${String(block.align ?? "start")}`),
  picture: (canvas, path, block) => stop(canvas, path, block, block.picture ? html`<img src=${String(block.picture)} alt=${pick(block.label, canvas.language) || say("build_picture_block")}>` : html`<span class="faint">${say("build_no_picture")}</span>`, `template-picture is-${String(block.size ?? "normal")} paper-${String(block.align ?? "start")}`),
  fields: (canvas, path, block) => html`${stop(canvas, path, block, html`<span class="label">${say("build_fields_block")}</span>`, "template-head")}${entries(canvas, [...path, "fields"], block.fields, canvas.entity, `template-pairs across-${String(block.across ?? 2)}`)}`,
  lines: (canvas, path, block) => html`${stop(canvas, path, block, html`<span class="label">${say("build_lines_block", { text: listLabel(canvas.lists, block) })}</span>`, "template-head")}${entries(canvas, [...path, "columns"], block.columns, String(block.entity ?? ""), "template-columns")}`,
  signature: (canvas, path, block) => stop(canvas, path, block, html`<span class="template-signs">${inOrder(block.parties).map(([, party]) => html`<span><span class="faint">${pick(party.label, canvas.language)}</span><span>${text(canvas, party.name, "")}</span></span>`)}</span>`),
  break: (canvas, path, block) => stop(canvas, path, block, html`<span class="template-break">${say("build_break_block")}</span>`),
};

function divider(canvas: Canvas, path: Path, block: Definition): TemplateResult {
  return stop(canvas, path, block, html`<span class="template-rule"></span><span class="sr">${say("build_divider_block")}</span>`);
}

/** A text with its values as chips, and bold type where the template says so. entity: whose fields it names. */
export function text(canvas: Canvas, content: Json | undefined, empty = say("build_no_text"), entity = canvas.entity): TemplateResult {
  const said = pick(content, canvas.language);
  if (!said) return html`<span class="faint">${empty}</span>`;
  let isBold = false;
  const words = pieces(said).flatMap((each) => {
    if (each.merged) return [bold(isBold, html`<span class="merge-chip" title=${each.text}>${canvas.names.of(entity, each.text)}</span>`)];
    return each.text.split(BOLD).map((part, number) => {
      if (number) isBold = !isBold;
      return bold(isBold, part);
    });
  });
  return html`<span class="template-words">${words}</span>`;
}

function bold(isBold: boolean, part: TemplateResult | string): TemplateResult | string {
  return isBold ? html`<strong>${part}</strong>` : part;
}

function entries(canvas: Canvas, path: Path, map: Json | undefined, entity: string, style: string): TemplateResult {
  const found = inOrder(map);
  return html`<ul class="parts ${style}" data-entries=${path.join("/")}>${repeat(found, ([name]) => name, ([name, entry]) => html`<li data-entry=${[...path, name].join("/")}>${stop(canvas, [...path, name], entry, entryOf(canvas, name, entry, entity), "template-entry")}</li>`)}</ul>
    ${found.length ? nothing : html`<p class="slot t-12">${say("build_put_fields")}</p>`}`;
}

function entryOf(canvas: Canvas, name: string, entry: Definition, entity: string): TemplateResult {
  const path = String(entry.path ?? name);
  const known = canvas.names.path(entity, path);
  const label = pick(entry.label, canvas.language) || (entry.value === undefined ? known : name);
  return html`<span class="label clip">${label}</span>${entry.value === undefined ? html`<span class="merge-chip clip">${known}</span>` : text(canvas, entry.value, undefined, entity)}`;
}
