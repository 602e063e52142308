// Line items made at once out of their record: an entity that exists only as lines of it, with the fields that most begin
// with, and the field of the record that holds them.
import { isObject, put, type Definition, type Definitions } from "../core/json";
import { free } from "../core/labels";
import { inOrder, placed } from "../core/orders";

/** What a line may begin with; the first one names it and is always there. */
export const FIRST: readonly [string, Definition][] = [
  ["name", { type: "text", label: { en: "Item", zh: "品名" }, required: true }],
  ["quantity", { type: "decimal", label: { en: "Quantity", zh: "数量" }, default: "1" }],
  ["unit_price", { type: "money", label: { en: "Unit price", zh: "单价" } }],
  ["amount", { type: "formula", label: { en: "Amount", zh: "金额" }, formula: "round(quantity * unit_price, 2)", options: { result: { type: "money" } } }],
  ["remark", { type: "text", label: { en: "Remark", zh: "备注" } }],
];
/** The fields that an amount is worked out from. */
export const FACTORS = ["quantity", "unit_price"];
const TOTAL: Definition = { en: "Total", zh: "合计" };

/** key: of the record's entity. field: of it that holds the lines. first: names out of `FIRST`. isSummed: the record
    adds their amounts up. */
export interface WantedLines {
  key: string;
  entity: Definition;
  field: string;
  name: string;
  label: Definition;
  first: string[];
  isSummed: boolean;
}

function fieldsOf(entity: Definition): Definition {
  return isObject(entity.fields) ? entity.fields : {};
}

/** Both definitions; total: the name of the record's field for the sum, if it has one. */
export function foundedLines({ key, entity, field, name, label, first, isSummed }: WantedLines): { made: Definitions; total?: string } {
  const own = key.slice("entity/".length);
  const chosen = FIRST.filter(([each]) => each === "name" || first.includes(each)).filter(([each]) => each !== "amount" || FACTORS.every((factor) => first.includes(factor)));
  const lookup = free(own, chosen.map(([each]) => each));
  const back: Definition = { type: "lookup", label: entity.label ?? own, required: true, options: { entity: own }, order: 10 };
  const rest = chosen.map(([each, part], at): [string, Definition] => [each, { ...part, order: (at + 2) * 10 }]);
  const lines: Definition = { label, icon: "list-details", title: "name", timeline: false, fields: { [lookup]: back, ...Object.fromEntries(rest) } };
  const holding = put(entity, ["fields", field, "options"], { entity: name, lookup }) as Definition;
  if (!isSummed || !chosen.some(([each]) => each === "amount")) return { made: { [key]: holding, [`entity/${name}`]: lines } };
  const total = free("lines_total", Object.keys(fieldsOf(holding)));
  const sum: Definition = { type: "rollup", label: TOTAL, options: { over: name, by: lookup, function: "sum", of: "amount" } };
  const place = inOrder(holding.fields).findIndex(([each]) => each === field) + 1;
  return { made: { [key]: { ...holding, fields: placed(fieldsOf(holding), total, sum, place) }, [`entity/${name}`]: lines }, total };
}
