// What is done in the diagram of relations: entities and relations are found, made, edited, renamed and retired. All of
// it goes through the change set; the cards and lines are those of the server, asked for anew when something was kept.
import { state } from "lit/decorators.js";
import { ask } from "@ui/net";
import { say } from "@ui/words";
import { Designer } from "../core/designer";
import { at, type Definition, type Definitions, type Json } from "../core/json";
import { pick } from "../core/labels";
import { rename } from "../core/naming";
import { askEntity } from "../entity/asking";
import { edited, fieldsOf, NAME, typesIn } from "../entity/fields";
import { lined, saysLines } from "../entity/lines";
import { retire } from "../entity/retire";
import { placedOn } from "../form/standing";
import { keyOf } from "./draw";
import type { Wish } from "./filter";
import type { Card, Graph, Line } from "./layout";
import { labelOf, owning, pointing, type Kind, type Made } from "./lookup";

export abstract class RelationActs extends Designer {
  @state() protected graph: Graph = { cards: [], lines: [] };
  @state() protected wish: Wish = { app: "", text: "", system: false };
  @state() protected chosen = "";
  @state() protected line = "";
  @state() protected pulling = "";
  @state() protected making: Kind = "lookup";
  /** Whether the server has, or may have, something that is not drawn. */
  private isStale = false;
  /** The graph of what was kept last, on its way from the server. */
  private following: Promise<void> = Promise.resolve();

  override connectedCallback(): void {
    super.connectedCallback();
    this.bench.addEventListener("state", () => (this.following = this.follow()));
  }

  /** Chooses a card and goes to it. */
  protected abstract focusOn(name: string): void;
  /** The card nearest to one. */
  protected abstract beside(name: string): string | undefined;

  /** It opens no definition by itself. */
  protected override get keys(): string[] {
    return [];
  }

  override get kind(): string {
    return "entity";
  }

  /** What is wrong in an entity is told on its card. */
  protected override get covered(): string[] {
    return this.graph.cards.map((each) => `entity/${each.name}`);
  }

  protected override prepare(): Promise<void> {
    return this.fetchGraph();
  }

  private async fetchGraph(): Promise<void> {
    const answer = await ask(this.dataset.live ?? "");
    if (answer?.ok) this.graph = (await answer.json()) as Graph;
  }

  /** Draws anew what has been kept. */
  private async follow(): Promise<void> {
    this.isStale ||= ["keeping", "conflict"].includes(this.bench.state);
    if (this.bench.state !== "kept" || !this.isStale) return this.following;
    this.isStale = false;
    await this.fetchGraph();
  }

  /** Once all is kept and drawn. */
  private async settled(): Promise<void> {
    await this.bench.keep();
    await this.following;
    await this.updateComplete;
  }

  /** The same field, where it now points elsewhere. */
  protected successor(): string {
    const [source, field] = this.line.split("#");
    const found = this.graph.lines.find((each) => each.source === source && each.field === field);
    return found ? keyOf(found) : "";
  }

  // ---- what is found

  protected card(name: string): Card | undefined {
    return this.graph.cards.find((each) => each.name === name);
  }

  protected get relation(): Line | undefined {
    return this.graph.lines.find((each) => keyOf(each) === this.line);
  }

  /** The entity that is described in the panel. */
  protected get subject(): string {
    return this.relation?.source ?? this.chosen;
  }

  protected entity(name: string): Definition | undefined {
    return this.bench.documents[`entity/${name}`] ?? undefined;
  }

  protected async opened(name: string): Promise<Definition> {
    return this.entity(name) ?? (await this.bench.open(`entity/${name}`)) ?? {};
  }

  // ---- what is done

  protected async found(): Promise<void> {
    await askEntity(this.drafts, async ({ name, label, made, before }, close) => {
      close();
      const text = say("build_entity_made", { label: pick(label) });
      this.bench.change(text, made, { before });
      this.wish = { ...this.wish, text: "", app: "" };
      await this.settled();
      this.focusOn(name);
      this.say(text);
      return null;
    });
  }

  protected async point(source: string, target: string): Promise<void> {
    this.pulling = "";
    if (this.card(source)?.system) return this.warn(say("build_system_fixed"));
    const { made, edits } = this.making === "children" ? await this.withLines(source, target) : await this.withPointer(source, target);
    if (!made) return;
    const text = say("build_relation_made", { kind: say(`build_kind_${this.making}`), from: this.card(source)?.label ?? source, to: this.card(target)?.label ?? target });
    this.bench.change(text, { ...edits, ...(await this.onForm(source, made)) });
    this.chosen = source;
    this.line = `${source}#${made.name}#${target}`;
    this.say(text);
    await this.bench.keep();
  }

  /** The main form of an entity with a new field on it, as where fields are designed; nothing where it has none. */
  private async onForm(source: string, { entity, name }: Made): Promise<Definitions> {
    const key = `form/${source}.main`;
    if (!(await this.drafts.list("form")).some((each) => each.key === key)) return {};
    const form = this.bench.documents[key] ?? (await this.bench.open(key));
    const fields = fieldsOf(entity).map(([each]) => each);
    return form ? { [key]: placedOn(form, name, fields.slice(0, fields.indexOf(name))) } : {};
  }

  private async withPointer(source: string, target: string): Promise<{ made: Made; edits: Definitions }> {
    const [entity, other] = await Promise.all([this.opened(source), this.drafts.get(`entity/${target}`)]);
    const made = pointing(entity, target, other?.document.label, this.making);
    return { made, edits: { [`entity/${source}`]: made.entity } };
  }

  /** Lines belong to one record: nothing can be a line of itself, and people are nobody's lines. */
  private async withLines(source: string, target: string): Promise<{ made?: Made; edits: Definitions }> {
    if (source === target || this.card(target)?.system) {
      this.warn(say("build_no_lines", { label: this.card(target)?.label ?? target }));
      return { edits: {} };
    }
    const [parent, lines] = await Promise.all([this.opened(source), this.opened(target)]);
    const made = owning({ name: source, entity: parent }, { name: target, entity: lines });
    return { made: made.parent, edits: { [`entity/${source}`]: made.parent.entity, [`entity/${target}`]: made.lines } };
  }

  protected edit = (path: string[], value: Json | undefined, merge?: string): void => {
    const entity = this.entity(this.subject);
    if (!entity) return;
    const [head, field] = path;
    const label = head === "fields" && field ? labelOf(entity, field) : pick(entity.label) || this.subject;
    const text = say("build_edited", { label });
    const key = `entity/${this.subject}`;
    if (saysLines(entity, path)) return void lined(this.bench, key, field ?? "", String(value ?? "")).then((edits) => this.bench.change(text, edits));
    this.bench.change(text, { [key]: edited(entity, path, value, typesIn(this.reading, this.schema)) }, merge ? { merge } : {});
  };

  /** Another name for the chosen entity, or for the field of the chosen line, wherever it is used. */
  protected async rename(wanted: string): Promise<void> {
    const line = this.relation;
    const old = line ? line.field : this.chosen;
    if (wanted && wanted !== old && this.isFree(wanted, line)) await this.renamed({ key: `entity/${this.subject}`, ...(line ? { field: line.field } : {}), to: wanted });
    this.requestUpdate();
  }

  private async renamed(about: { key: string; field?: string; to: string }): Promise<void> {
    const line = this.relation;
    if (!(await rename(this.bench, about))) return;
    if (line) this.line = `${line.source}#${about.to}#${line.target}`;
    await this.settled();
    if (!line) this.focusOn(about.to);
  }

  private isFree(wanted: string, line: Line | undefined): boolean {
    const isTaken = line ? at(this.entity(line.source), ["fields", wanted]) !== undefined : Boolean(this.card(wanted));
    if (!isTaken && NAME.test(wanted)) return true;
    this.warn(say(isTaken ? "build_name_taken" : "build_name_form", { name: wanted }));
    return false;
  }

  protected async retireLine(line: Line): Promise<void> {
    await this.opened(line.source);
    if (this.card(line.source)?.system) return this.warn(say("build_system_fixed"));
    if (!(await retire(this.bench, { key: `entity/${line.source}`, field: line.field, label: line.label, isNew: line.is_new }))) return;
    const back = this.chosen || line.source;
    await this.settled();
    this.focusOn(back);
  }

  protected async retireCard(name: string): Promise<void> {
    const card = this.card(name);
    if (!card || card.system) return this.warn(say("build_system_fixed"));
    await this.opened(name);
    const near = this.beside(name);
    if (!(await retire(this.bench, { key: `entity/${name}`, label: card.label, isNew: card.mark === "new" }))) return;
    await this.settled();
    if (near) this.focusOn(near);
  }
}
