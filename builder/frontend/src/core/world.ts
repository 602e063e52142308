// What definitions may name: other definitions and their fields, as they stand in the change set.
import { say } from "@ui/words";
import type { Drafts } from "./drafts";
import { at, isObject, type Definition, type Definitions } from "./json";
import { inTurn, pick } from "./labels";
import { inOrder } from "./orders";

export interface Named {
  name: string;
  label: string;
  /** Of a definition: the entity that it is about, if any. */
  entity?: string;
  /** Of a field: its type; of a formula, that of its result. */
  type?: string;
}

export class World extends EventTarget {
  private lists = new Map<string, Named[]>();
  private entities = new Map<string, Definition | null>();
  /** What is open in the designer stands before what the server told. */
  open: Definitions = {};

  constructor(private drafts: Drafts) {
    super();
  }

  /** The change set that is designed in. */
  get set(): string {
    return this.drafts.set;
  }

  /** What programs would call what people call so. */
  called(label: string): Promise<string> {
    return this.drafts.called(label);
  }

  /** Definitions of a kind; by what people call them; empty until the server has told, then `told` is dispatched. */
  definitions(kind: string): Named[] {
    const listed = this.listed(kind);
    const named = (key: string) => ({ name: key.slice(kind.length + 1), label: pick(this.open[key]?.label) || key, entity: String(this.open[key]?.entity ?? "") });
    const fresh = Object.keys(this.open).filter((key) => key.startsWith(`${kind}/`) && !listed.some((each) => `${kind}/${each.name}` === key));
    const known = listed.map((each) => (`${kind}/${each.name}` in this.open ? named(`${kind}/${each.name}`) : each));
    const all = [...known, ...fresh.map(named)].filter((each) => this.open[`${kind}/${each.name}`] !== null);
    return all.sort((one, other) => inTurn(one.label, other.label));
  }

  private listed(kind: string): Named[] {
    const known = this.lists.get(kind);
    if (known) return known;
    this.lists.set(kind, []);
    void this.drafts.list(kind).then((rows) => {
      this.lists.set(kind, rows.map(({ key, label, entity }) => ({ name: key.slice(kind.length + 1), label: pick(label) || key, entity: entity ?? "" })));
      this.dispatchEvent(new Event("told"));
    });
    return [];
  }

  /** Fields of an entity in their order; withOwner: and those by which it belongs to somebody. */
  fields(entity: string, withOwner = false): Named[] {
    const found = this.document(entity);
    const own = inOrder(at(found ?? undefined, ["fields"])).map(([name, field]) => ({ name, label: pick(field.label) || name, type: String(at(field, ["options", "result", "type"]) ?? field.type ?? "") }));
    return withOwner && found?.owned ? [...own, { name: "owner", label: say("build_owner") }, { name: "department", label: say("build_department") }] : own;
  }

  /** What people call a path: `客户 › 区域`. */
  path(entity: string, dotted: string): string {
    const [first = "", ...rest] = dotted.split(".");
    const label = this.fields(entity, true).find((each) => each.name === first)?.label ?? first;
    const target = at(this.document(entity) ?? undefined, ["fields", first, "options", "entity"]);
    return rest.length ? `${label} › ${this.path(typeof target === "string" ? target : "", rest.join("."))}` : label;
  }

  private document(entity: string): Definition | null {
    return this.open[`entity/${entity}`] ?? this.entity(entity);
  }

  private entity(name: string): Definition | null {
    if (!name) return null;
    const known = this.entities.get(name);
    if (known !== undefined) return known;
    this.entities.set(name, null);
    void this.drafts.get(`entity/${name}`).then((found) => {
      this.entities.set(name, isObject(found?.document) ? found.document : null);
      this.dispatchEvent(new Event("told"));
    });
    return null;
  }
}
