// <sartor-role-designer data-definition="role/rep">: a matrix of entities and operations, the fields of each entity beside it.
import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { all, isTyping } from "@ui/dom";
import { ask } from "@ui/net";
import { say } from "@ui/words";
import { Growing } from "../core/growing";
import { icon } from "../core/icon";
import { at, put, same, type Definition, type Json } from "../core/json";
import { pick } from "../core/labels";
import type { Shelf } from "../core/palette";
import { names, type Schema } from "../panel/schema";
import { Arranger, type Subject } from "../sheet/arranger";
import { choosing, entry, lacking, part } from "../sheet/schemas";
import { retireWhole } from "../sheet/whole";
import { effectsBox, effectsOf, type Effects } from "./effects";
import { able, grantOf, including, LEVELS, levelled, levelOf, levelsTold, opened, others, OTHERS, scopeOf, SCOPED, SCOPES } from "./grants";

interface FieldAbout {
  name: string;
  label: string;
  icon: string;
  sensitive: boolean;
  computed: boolean;
}

interface EntityAbout {
  name: string;
  label: string;
  icon: string;
  owned: boolean;
  /** How many fields it has, and which of them are hidden unless a grant names them. */
  count: number;
  sensitive: string[];
}

const ARROWS: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export class SartorRoleDesigner extends Arranger {
  @property({ attribute: "data-entities", type: Array }) entities: EntityAbout[] = [];
  /** Fields that every record has; they are no part of what is told of an entity's own. */
  @property({ attribute: "data-always", type: Array }) always: string[] = [];
  @state() private wanted = "";
  @state() private effects: Effects | null = null;
  /** Fields of the entities that have been opened. */
  @state() private fields: Record<string, FieldAbout[]> = {};
  private rows = new Growing(this);

  override connectedCallback(): void {
    super.connectedCallback();
    this.bench.addEventListener("state", () => void this.tellEffects());
    document.addEventListener("keydown", this.onFind);
  }

  private async tellEffects(): Promise<void> {
    if (this.bench.state === "kept" && this.isReady) this.effects = await effectsOf(this.dataset.effects ?? "");
  }

  private onFind = (event: KeyboardEvent): void => {
    if (event.key !== "/" || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    this.querySelector<HTMLInputElement>("[data-find]")?.focus();
  };

  protected get order(): string[] {
    return this.entities.map((each) => each.name);
  }

  protected get shelves(): Shelf[] {
    return [];
  }

  private get operations(): string[] {
    const operations = part(this.reading, entry(this.reading, this.schema, "grants"), "operations");
    return names(this.reading.resolved(operations.items).enum);
  }

  private get abilities(): string[] {
    return names(this.reading.resolved(part(this.reading, this.schema, "abilities").items).enum);
  }

  protected override choose(name: string | null): void {
    super.choose(name);
    if (name !== null && !this.fields[name]) void this.fetchFields(name);
  }

  private async fetchFields(name: string): Promise<void> {
    const answer = await ask(`${this.dataset.fields}?${new URLSearchParams({ entity: name })}`, { headers: { Accept: "application/json" } });
    if (answer?.ok) this.fields = { ...this.fields, [name]: (await answer.json()) as FieldAbout[] };
  }

  private get wantedOnes(): EntityAbout[] {
    const text = this.wanted.trim().toLowerCase();
    return this.entities.filter((each) => `${each.label} ${each.name}`.toLowerCase().includes(text));
  }

  private about(name: string): EntityAbout | undefined {
    return this.entities.find((each) => each.name === name);
  }

  // ---- what is done

  private set(entity: string, operation: string, scope: string): void {
    const role = opened(this.definition, entity, operation, scope, this.operations);
    if (same(role, this.definition)) return this.requestUpdate();
    const told = { text: this.about(entity)?.label ?? entity, operation: say(`build_op_${operation}`), scope: say(`build_scope_${scope}`) };
    const text = say(scope ? "build_right_opened" : "build_right_closed", told);
    this.do(text, role);
    this.say(text);
    if (this.chosen !== entity) this.choose(entity);
  }

  private setLevel(entity: string, field: string, level: string): void {
    const role = levelled(this.definition, entity, field, level);
    this.do(say("build_edited", { label: this.about(entity)?.label ?? entity }), role);
  }

  protected takeOut(entity: string): void {
    if (!grantOf(this.definition, entity)) return;
    this.do(say("build_right_closed", { text: this.about(entity)?.label ?? entity, operation: say("build_grant") }), put(this.definition, ["grants", entity], undefined) as Definition);
  }

  protected edit(path: string[], value: Json | undefined, merge?: string): void {
    this.do(say("build_edited", { label: pick(this.definition.label) }), put(this.definition, path, value) as Definition, merge);
  }

  protected retire(): Promise<void> {
    return retireWhole(this.bench, { key: this.key, definition: this.definition, isNew: this.published === null, list: this.dataset.list ?? ".." });
  }

  /** Nothing is put in or moved here: rows are the entities there are. */
  protected add(): void {}

  protected moveBy(): void {}

  protected override get entity(): string {
    return this.chosen ?? "";
  }

  // ---- keys

  private onCellKey = (event: KeyboardEvent): void => {
    const cell = event.target as HTMLElement;
    const row = cell.closest<HTMLElement>("tr[data-name]");
    const way = ARROWS[event.key];
    if (!row) return;
    if (way && event.altKey) {
      const place = all("tr[data-name]", this).indexOf(row) + way[0];
      const column = all("[data-cell]", row).indexOf(cell) + way[1];
      this.rows.reach(Math.min(place + 1, this.wantedOnes.length));
      void this.updateComplete.then(() => all("[data-cell]", all("tr[data-name]", this)[place] ?? row)[column]?.focus());
      event.preventDefault();
    } else if (event.key === "Enter") {
      this.choose(row.dataset.name ?? null);
      this.openPanel("[data-level]");
      event.preventDefault();
    }
  };

  // ---- what is drawn

  protected get subject(): Subject {
    const entity = this.chosen;
    if (entity !== null) {
      const scopes = [...SCOPES, "none"].map((each) => [each, say(`build_scope_${each}`)] as const);
      const grant = choosing(this.reading, lacking(entry(this.reading, this.schema, "grants"), ["operations", "scopes", "fields"]), "scope", scopes);
      const value = grantOf(this.definition, entity);
      const schema: Schema = value ? { ...grant, required: ["scope"] } : {};
      return { title: this.about(entity)?.label ?? entity, about: say("build_grant"), icon: this.about(entity)?.icon ?? "table", schema, value: value ?? {}, path: ["grants", entity] };
    }
    const includes = including(part(this.reading, this.schema, "includes"), others(this.world.definitions("role"), this.key, this.definition));
    const schema = lacking(this.schema, ["grants", "abilities"]);
    return { title: pick(this.definition.label), about: say("build_role"), icon: "shield-lock", schema: { ...schema, properties: { ...(schema.properties as Schema), includes } }, value: this.definition, path: [] };
  }

  protected override below(): TemplateResult | typeof nothing {
    const about = this.about(this.chosen ?? "");
    if (!about) return nothing;
    if (!grantOf(this.definition, about.name)) return html`<fieldset><p class="faint">${say("build_no_rights")}</p></fieldset>`;
    const fields = this.fields[about.name];
    if (!fields) return html`<p class="faint" aria-busy="true">${say("build_opening")}</p>`;
    return html`<fieldset class="levels"><legend>${say("build_fields_head")}</legend>
      ${this.levelLine(about, { name: OTHERS, label: say("build_other_fields"), icon: "asterisk", sensitive: false, computed: false })}
      ${fields.map((field) => this.levelLine(about, field))}</fieldset>`;
  }

  private levelLine(about: EntityAbout, field: FieldAbout): TemplateResult {
    const { level, isOwn } = levelOf(grantOf(this.definition, about.name), field.name, field.sensitive);
    const id = `level-${field.name === OTHERS ? "others" : field.name}`;
    const before = grantOf(this.published ?? {}, about.name);
    const isEdited = this.published !== null && !same(at(before, ["fields", field.name]), at(grantOf(this.definition, about.name), ["fields", field.name]));
    const change = (event: Event) => this.setLevel(about.name, field.name, (event.target as HTMLSelectElement).value);
    const fallback = field.sensitive ? say("build_as_sensitive") : say("build_as_others", { text: say(`build_level_${level}`) });
    const levels = LEVELS.filter((each) => each !== "write" || !field.computed || level === "write");
    return html`<div class="row-flex level-line ${isEdited ? "is-edited" : ""}"><label for=${id} class="grow clip row-flex">${icon(field.icon)}<span class="clip">${field.label}</span></label>
      <select class="form-select" id=${id} data-level .value=${live(isOwn ? level : "")} @change=${change}>
        ${field.name === OTHERS ? nothing : html`<option value="" ?selected=${!isOwn}>${isOwn ? say("build_as_others", { text: say(`build_level_${levelOf(grantOf(this.definition, about.name), OTHERS).level}`) }) : fallback}</option>`}
        ${levels.map((each) => html`<option value=${each} ?selected=${isOwn && each === level}>${say(`build_level_${each}`)}</option>`)}</select></div>`;
  }

  protected drawSheet(): TemplateResult {
    const wanted = this.wantedOnes;
    return html`<div class="sheet stack-4 role-sheet">
      <button type="button" class="entity-head ${this.chosen === null ? "is-chosen" : ""}" aria-pressed=${this.chosen === null} @click=${() => this.choose(null)}>
        <span class="kind">${icon("shield-lock")}</span><span class="two-lines"><b>${pick(this.definition.label)}</b><span class="faint t-12">${say("build_role_properties")}</span></span>${icon("adjustments")}</button>
      <fieldset class="row-flex wrap abilities"><legend class="label">${say("build_abilities")}</legend>${this.abilities.map((each) => this.drawAbility(each))}</fieldset>
      ${effectsBox(this.effects)}
      <input class="form-control" type="search" data-find aria-label=${say("build_find_entity")} placeholder=${say("build_find_entity")} autocomplete="off" .value=${this.wanted} @input=${(event: Event) => (this.wanted = (event.target as HTMLInputElement).value)}>
      <div class="list-wrap view-wrap" tabindex="0" role="region" aria-label=${say("build_matrix")}><table class="list role-matrix" aria-label=${say("build_matrix")} @keydown=${this.onCellKey}>
        <thead><tr><th scope="col">${say("build_entity_head")}</th>${this.operations.map((each) => html`<th scope="col">${say(`build_op_${each}`)}</th>`)}<th scope="col">${say("build_fields_head")}</th></tr></thead>
        <tbody>${repeat(this.rows.cut(wanted), (each) => each.name, (each) => this.drawRow(each))}</tbody></table>${this.rows.more(wanted.length)}</div>
      ${this.elsewhere()}
    </div>`;
  }

  private drawAbility(ability: string): TemplateResult {
    const change = (event: Event) => this.do(say("build_edited", { label: say(`build_may_${ability}`) }), able(this.definition, ability, (event.target as HTMLInputElement).checked));
    return html`<label class="check"><input type="checkbox" class="form-check-input" data-ability=${ability} .checked=${live(names(this.definition.abilities).includes(ability))} @change=${change}>${say(`build_may_${ability}`)}</label>`;
  }

  private drawRow(about: EntityAbout): TemplateResult {
    const grant = grantOf(this.definition, about.name);
    const before = grantOf(this.published ?? {}, about.name);
    const wrong = this.wrongAt(`/grants/${about.name}`);
    const mark = [same(grant, before) ? "" : before ? "is-edited" : "is-new", this.chosen === about.name ? "is-chosen" : "", wrong ? "is-wrong" : "", grant ? "" : "is-closed"].filter(Boolean).join(" ");
    return html`<tr data-name=${about.name} class=${mark} title=${wrong || nothing}>
      <th scope="row"><button type="button" class="column-head" data-cell aria-pressed=${this.chosen === about.name} @click=${() => this.choose(about.name)}>${icon(about.icon)}<span class="clip">${about.label}</span></button></th>
      ${this.operations.map((each) => this.drawCell(about, grant, before, each))}
      <td class="faint t-12 levels-told">${grant ? this.told(about, grant) : nothing}</td></tr>`;
  }

  private drawCell(about: EntityAbout, grant: Definition | undefined, before: Definition | undefined, operation: string): TemplateResult {
    const scope = scopeOf(grant, operation);
    const head = say(`build_op_${operation}`);
    const label = `${about.label}: ${head}`;
    const isEdited = this.published !== null && scope !== scopeOf(before, operation);
    const start = String(grant?.scope ?? (about.owned ? "own" : "all"));
    if (!SCOPED.includes(operation)) {
      const tick = (event: Event) => this.set(about.name, operation, (event.target as HTMLInputElement).checked ? start : "");
      return html`<td class=${isEdited ? "is-edited" : ""} data-label=${head}><input type="checkbox" class="form-check-input" data-cell data-op=${operation} aria-label=${label} .checked=${live(scope !== "")} @change=${tick}></td>`;
    }
    const known = (SCOPES as readonly string[]).includes(scope) || !scope;
    return html`<td class=${isEdited ? "is-edited" : ""} data-label=${head}><select class="form-select scope-select" data-cell data-op=${operation} aria-label=${label} .value=${live(scope)} @change=${(event: Event) => this.set(about.name, operation, (event.target as HTMLSelectElement).value)}>
      <option value="" ?selected=${!scope}>–</option>${known ? nothing : html`<option value=${scope} selected>${say(`build_scope_${scope}`)}</option>`}
      ${SCOPES.map((each) => html`<option value=${each} ?selected=${each === scope}>${say(`build_scope_${each}`)}</option>`)}</select></td>`;
  }

  private told(about: EntityAbout, grant: Definition): string {
    const counts = Object.entries(levelsTold(grant, about.count, about.sensitive, this.always)).filter(([, n]) => n);
    return counts.map(([level, n]) => say("build_fields_at", { n, level: say(`build_level_${level}`) })).join(" · ");
  }
}

customElements.define("sartor-role-designer", SartorRoleDesigner);
