// What is done to entries of a definition that are shown as rows: made, moved, edited, and called otherwise.
import { state } from "lit/decorators.js";
import { say } from "@ui/words";
import { Designer } from "../core/designer";
import { isObject, put, same, type Definition, type Json } from "../core/json";
import { pick } from "../core/labels";
import { rename } from "../core/naming";
import { Newborns } from "../core/newborns";
import { NAME } from "../entity/fields";
import { entryOf, mapOf, placedAs, withKey } from "./entries";

/** A list on the canvas. map: the part of the definition whose entries it shows, in this order. */
export interface RowList {
  id: string;
  map: string;
  names: string[];
}

export interface Chosen {
  map: string;
  name: string;
}

export abstract class RowActs extends Designer {
  @state() protected chosen: Chosen | null = null;
  /** By map and name. */
  private newborns = new Newborns((text) => this.drafts.words(text));

  protected abstract get lists(): RowList[];
  protected abstract choose(row: Chosen | null): void;
  protected abstract focusRow(list: string, name: string): void;
  /** anew: what was just added; whoever types names it. */
  protected abstract openPanel(anew?: boolean): void;
  /** References to a key inside the definition. */
  protected abstract followed(definition: Definition, row: Chosen, name: string): Definition;
  /** Whether records hold keys of a map. */
  protected abstract isInRecords(map: string): boolean;

  protected keyForm(_map: string): RegExp {
    return NAME;
  }

  protected do(text: string, definition: Definition, merge?: string): void {
    this.bench.change(text, { [this.key]: definition }, merge ? { merge } : {});
  }

  protected entry({ map, name }: Chosen): Definition {
    return entryOf(this.definition, map, name);
  }

  protected labelOf(row: Chosen): string {
    return pick(this.entry(row).label) || row.name;
  }

  protected added(row: Chosen, definition: Definition, text: string): void {
    this.newborns.begin(idOf(row), entryOf(definition, row.map, row.name).label);
    this.do(text, definition);
    this.choose(row);
    this.say(text);
    void this.updateComplete.then(() => this.openPanel(true));
  }

  /** The definition with a row at a place of its list. */
  protected placed(list: RowList, name: string, entry: Definition, index: number): Definition {
    return placedAs(this.definition, list.map, list.names, { name, entry, index });
  }

  protected move(list: RowList, name: string, index: number): void {
    const row = { map: list.map, name };
    const wanted = Math.max(0, Math.min(index, list.names.length - 1));
    if (wanted === list.names.indexOf(name)) return;
    const label = this.labelOf(row);
    this.do(say("build_field_moved", { label }), this.placed(list, name, this.entry(row), wanted));
    this.say(say("build_moved_to", { label, n: wanted + 1, of: list.names.length }));
    this.focusRow(list.id, name);
  }

  /** A row that was dragged into another list. */
  protected carried(_name: string, _from: RowList, _to: RowList, _index: number): void {
    this.requestUpdate();
  }

  protected edit = (path: string[], value: Json | undefined, merge?: string): void => {
    const [map, name] = path;
    const isRow = map !== undefined && name !== undefined && this.lists.some((each) => each.map === map);
    const label = isRow ? this.labelOf({ map, name }) : pick(this.definition.label);
    this.do(say("build_edited", { label }), put(this.definition, path, value) as Definition, merge);
  };

  // ---- keys of entries

  protected isPublished(row: Chosen): boolean {
    return this.publishedName(row) !== undefined;
  }

  /** What an entry is called where it is published: a name that it had, else its own. */
  protected publishedName({ map, name }: Chosen): string | undefined {
    const known = isObject(this.published) ? mapOf(this.published, map) : {};
    const former = this.entry({ map, name }).formerly;
    const had = (Array.isArray(former) ? former.map(String) : []).reverse();
    return had.find((each) => each in known) ?? (name in known ? name : undefined);
  }

  private rekey(row: Chosen, wanted: string): void {
    const definition = this.followed(withKey(this.definition, row.map, row.name, wanted), row, wanted);
    this.do(say("build_renamed", { old: row.name, name: wanted }), definition);
    this.chosen = { ...row, name: wanted };
  }

  /** Records and other definitions hold the key, of a published entry or of one that was kept before. */
  private async rekeyEverywhere(row: Chosen, wanted: string): Promise<void> {
    if (await rename(this.bench, { key: this.key, entry: row.name, to: wanted })) this.chosen = { ...row, name: wanted };
    this.requestUpdate();
  }

  protected askKey(row: Chosen, wanted: string): void {
    if (wanted && wanted !== row.name) {
      const isTaken = wanted in mapOf(this.definition, row.map);
      if (isTaken || !this.keyForm(row.map).test(wanted)) this.warn(say(isTaken ? "build_name_taken" : "build_key_form", { name: wanted }));
      else {
        const isNewborn = this.newborns.end(idOf(row));
        if (!isNewborn && this.isInRecords(row.map)) return void this.rekeyEverywhere(row, wanted);
        this.rekey(row, wanted);
      }
    }
    this.requestUpdate();
  }

  protected nameAfterLabel = async (event: FocusEvent): Promise<void> => {
    const row = this.chosen;
    const naming = row && (await this.newborns.named(idOf(row), event, () => this.entry(row).label));
    if (naming) this.callNewborn(row, naming.name, naming.label);
  };

  private callNewborn(row: Chosen, wanted: string, label: Json | undefined): void {
    if (!same(label, this.entry(row).label)) this.edit([row.map, row.name, "label"], label);
    if (!wanted || wanted === row.name || wanted in mapOf(this.definition, row.map)) return;
    this.newborns.follow(idOf(row), idOf({ ...row, name: wanted }));
    this.rekey(row, wanted);
  }
}

function idOf({ map, name }: Chosen): string {
  return `${map}/${name}`;
}
