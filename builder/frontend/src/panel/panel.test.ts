import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { html, render } from "lit";
import { beforeEach, expect, test, vi } from "vitest";
import type { Problem } from "../core/drafts";
import { isObject, put, type Definition, type Json } from "../core/json";
import type { World } from "../core/world";
import type { SartorExpression } from "../expression/expression";
import { line } from "./inputs";
import "./panel";
import type { Around, SartorPanel } from "./panel";
import type { Place, Surroundings } from "./place";
import { said } from "./saying";
import { Reading } from "./schema";

const LABEL: Definition = { anyOf: [{ type: "string", maxLength: 200 }, { type: "object", properties: { en: { type: "string", maxLength: 200 }, zh: { type: "string", maxLength: 200 } } }] };
const ROOT: Definition = {
  $defs: { label: LABEL, expression: { type: "string", "x-widget": "expression", description: "A text." }, check: { type: "object", properties: { test: { $ref: "#/$defs/expression", title: "Test" }, message: { $ref: "#/$defs/label", title: "Message" } }, required: ["test", "message"] } },
};
const FIELD: Definition = {
  type: "object",
  properties: {
    type: { type: "string", title: "Type", "x-group": "Basics", "x-types": { text: { label: "Text", icon: "letter-case" }, number: { label: { en: "Number", zh: "数值" }, icon: "decimal", unused: ["formula"] } } },
    label: { $ref: "#/$defs/label", title: "Label", "x-group": "Basics" },
    order: { type: "number", "x-widget": "hidden" },
    options: { type: "object", "x-group": "Value" },
    required: { type: "boolean", default: false, title: "Required", description: "Not without it.", "x-group": "Rules" },
    history: { type: "boolean", default: true, title: "History", "x-group": "Rules" },
    formula: { $ref: "#/$defs/expression", title: "Formula", "x-group": "Value" },
    visible_if: { $ref: "#/$defs/expression", title: "Shown if", description: "While true.", "x-group": "Rules" },
    checks: { type: "object", title: "Checks", additionalProperties: { $ref: "#/$defs/check" }, "x-group": "Rules" },
    level: { enum: ["L1", "L2"], default: "L1", "x-texts": { L2: "Process" } },
  },
  required: ["type", "label"],
  allOf: [
    { if: { properties: { type: { const: "number" } } }, then: { properties: { options: { type: "object", properties: { scale: { type: "integer", title: "Decimals", default: 2, minimum: 0 }, entity: { type: "string", title: "Entity", "x-widget": "definition:entity" }, by: { type: "string", title: "By", "x-widget": "field", "x-of": "entity" } }, required: ["entity"] } } } },
  ],
};
const edits: { path: string[]; value: Json | undefined; merge?: string | undefined }[] = [];
const world = { definitions: () => [{ name: "deal", label: "Deal" }], fields: (entity: string) => (entity === "deal" ? [{ name: "amount", label: "Amount" }] : []) } as unknown as World;
let panel: SartorPanel;

async function show(value: Definition, problems: Problem[] = []): Promise<void> {
  const edit = (path: string[], next: Json | undefined, merge?: string) => edits.push({ path, value: next, merge });
  panel.around = { reading: new Reading(ROOT), world, file: "entity/deal", entity: "deal", problems, isChecked: true, edit };
  Object.assign(panel, { schema: FIELD, value, path: ["fields", "x"] });
  await panel.updateComplete;
}

beforeEach(() => {
  edits.length = 0;
  panel = document.createElement("sartor-panel") as SartorPanel;
  document.body.replaceChildren(panel);
});

const one = <T extends Element = HTMLInputElement>(selector: string) => panel.querySelector(selector) as unknown as T;
const parts = () => [...panel.querySelectorAll<HTMLElement>("[data-part]")].map((each) => each.dataset.part);

test("what is rarely needed comes last, also after what is drawn by hand", async () => {
  const rare = { ...FIELD, properties: { note: { type: "string", title: "Note", "x-group": "build_advanced" }, ...(FIELD.properties as Definition) } };
  panel.rest = html`<fieldset><legend>Order</legend></fieldset>`;
  await show({ type: "number", label: "X" });
  panel.schema = rare;
  await panel.updateComplete;
  expect([...panel.querySelectorAll("legend")].map((each) => each.textContent).slice(-2)).toEqual(["Order", "build_advanced"]);
});

test("parts stand under the headings of the schema, hidden ones are left out", async () => {
  await show({ type: "number", label: "X" });
  expect([...panel.querySelectorAll("legend:not(.label)")].map((each) => each.textContent)).toEqual(["Basics", "Value", "Rules", ""]);
  expect(parts()).not.toContain("order");
});

test("options are those of the type, under the heading of all options", async () => {
  await show({ type: "number", label: "X" });
  expect(parts()).toContain("scale");
  expect(one("[data-part=scale] input").placeholder).toBe("2");
  await show({ type: "text", label: "X" });
  expect(parts()).not.toContain("scale");
});

test("what means nothing for a type is not asked for, unless it is there", async () => {
  await show({ type: "number", label: "X" });
  expect(parts()).not.toContain("formula");
  await show({ type: "number", label: "X", formula: "1" });
  expect(parts()).toContain("formula");
});

test("both languages of a label are edited side by side", async () => {
  await show({ type: "text", label: "Name" });
  const [english, chinese] = panel.querySelectorAll<HTMLInputElement>("[data-part=label] input");
  expect([english?.value, chinese?.value, chinese?.lang]).toEqual(["Name", "Name", "zh-Hans"]);
  (chinese as HTMLInputElement).value = "名称";
  chinese?.dispatchEvent(new Event("input"));
  expect(edits).toEqual([{ path: ["fields", "x", "label"], value: { en: "Name", zh: "名称" }, merge: "type fields/x/label/zh" }]);
});

test("a switch that says what holds anyway is taken out", async () => {
  await show({ type: "text", label: "X", required: true });
  const [required, history] = [one("[data-part=required] input"), one("[data-part=history] input")];
  expect([required.checked, history.checked]).toEqual([true, true]);
  required.click();
  history.click();
  expect(edits.map((each) => each.value)).toEqual([undefined, false]);
});

test("what a hint writes between backticks stands as code", async () => {
  const place = { part: { name: "to", schema: {}, title: "To", hint: "Say `owner.email`, or nothing.", group: "", required: false }, path: ["to"], value: "", owner: {}, around: { problems: [], file: "" } };
  const box = document.createElement("div");
  render(said(place as unknown as Place), box);
  expect([box.textContent?.trim(), box.querySelector("code")?.textContent]).toEqual(["Say owner.email, or nothing.", "owner.email"]);
});

test("a hint is the description and belongs to its input", async () => {
  await show({ type: "text", label: "X" });
  const box = one("[data-part=required] input");
  expect(panel.querySelector(`#${box.getAttribute("aria-describedby")}`)?.textContent).toBe("Not without it.");
  const code = one<HTMLElement>("[data-part=visible_if] sartor-code");
  expect(code.shadowRoot?.querySelector("textarea")?.getAttribute("aria-description")).toBe("While true.");
});

test("a problem is shown at the place that its pointer names", async () => {
  const wrong = { file: "entity/deal", field: "/fields/x/visible_if", code: "expression", message: "No field amont." };
  await show({ type: "text", label: "X", visible_if: "amont > 3" }, [wrong]);
  expect(one<HTMLElement>("[data-part=visible_if]").classList.contains("is-wrong")).toBe(true);
  expect(one("[data-part=visible_if] .wrong").textContent).toBe("No field amont.");
  expect(panel.querySelectorAll(".wrong")).toHaveLength(1);
});

test("what is missing is told at its own input, and what is wrong elsewhere is not", async () => {
  const missing = { file: "entity/deal", field: "/fields/x/options", code: "required", message: "Entity is missing." };
  const other = { file: "form/deal.main", field: "/fields/x/visible_if", code: "expression", message: "Elsewhere." };
  await show({ type: "number", label: "X", options: {} }, [missing, other]);
  expect(one("[data-part=entity] .wrong").textContent).toBe("Entity is missing.");
  expect(panel.textContent).not.toContain("Elsewhere.");
});

test("an expression without a problem says that it was checked", async () => {
  await show({ type: "text", label: "X", visible_if: "amount > 3" });
  expect(one("[data-part=visible_if] .good")).not.toBeNull();
});

test("definitions and the fields of the one that is named are offered", async () => {
  await show({ type: "number", label: "X", options: { entity: "deal" } });
  const offered = (part: string) => [...panel.querySelectorAll<HTMLOptionElement>(`[data-part=${part}] option`)].map((each) => each.value);
  expect(offered("entity")).toContain("deal");
  expect(offered("by")).toEqual(["", "amount"]);
});

test("an enumeration is told in its own words, and the default is chosen", async () => {
  await show({ type: "text", label: "X" });
  const select = one<HTMLSelectElement>("[data-part=level] select");
  expect([...select.options].map((each) => each.textContent?.trim())).toEqual(["build_none", "L1", "Process"]);
  expect(select.value).toBe("L1");
});

test("entries of a map are added, opened and taken out", async () => {
  const value = { type: "text", label: "X", checks: { first: { test: "1 = 1", message: "Never", order: 10 } } };
  await show(value);
  one<HTMLButtonElement>(".add-entry").click();
  expect(edits.at(-1)?.value).toMatchObject({ first: { order: 10 }, check: { order: 20 } });
  await show(put(value, ["checks"], edits.at(-1)?.value) as Definition);
  expect(panel.querySelectorAll(".entries [data-part=test]")).toHaveLength(1);
  one<HTMLButtonElement>(".entries li:first-child button[title^=build_off]").click();
  expect(edits.at(-1)?.value).toEqual({ check: { order: 20 } });
});

vi.mock("htmx.org", () => ({ default: { process: () => undefined } }));

test("a choice of one's own gets another key everywhere, one made here only here", async () => {
  const CHOICES: Definition = { type: "object", properties: { label: { $ref: "#/$defs/label" } }, required: ["label"] };
  const schema: Definition = { type: "object", properties: { options: { type: "object", properties: { choices: { type: "object", title: "Choices", additionalProperties: CHOICES } } } } };
  const asked: object[] = [];
  await show({ type: "choice", options: { choices: { a: { label: "A" } } } });
  panel.around = { ...(panel.around as Around), rename: async (about) => asked.push(about) > 0 };
  panel.schema = schema;
  const rekey = async (number: number, wanted: string) => {
    const box = panel.querySelectorAll<HTMLInputElement>(".entry-parts .mono")[number] as HTMLInputElement;
    box.value = wanted;
    box.dispatchEvent(new Event("change"));
    await panel.updateComplete;
  };
  await panel.updateComplete;
  one<HTMLButtonElement>(".entry-name").click();
  await panel.updateComplete;
  await rekey(0, "b");
  expect([asked, edits]).toEqual([[{ field: "x", entry: "a", to: "b" }], []]);
  one<HTMLButtonElement>(".add-entry").click();
  panel.value = { type: "choice", options: edits[0] ? { choices: edits[0].value as Definition } : {} };
  await panel.updateComplete;
  await rekey(1, "c");
  expect([asked.length, Object.keys(edits[1]?.value as Definition)]).toEqual([1, ["a", "c"]]);
});

test("the result of a formula is asked for by its type, with the options of that type", async () => {
  const types = { money: { label: "Money" }, formula: { label: "Formula", group: "computed" } };
  const result: Definition = { type: "object", properties: { type: { type: "string", "x-registry": "field type" }, options: { type: "object", title: "Options", default: {} } } };
  const options = (key: string, properties: Definition): Definition => ({ if: { properties: { type: { const: key } } }, then: { properties: { options: { type: "object", properties } } } });
  const field: Definition = { type: "object", properties: { type: { "x-registry": "field type", "x-types": types }, options: { type: "object" } }, allOf: [options("formula", { result }), options("money", { currency: { enum: ["CNY", "EUR"] } })] };
  await show({ type: "formula", options: { result: { type: "money", options: { currency: "EUR" } } } });
  panel.around = { ...(panel.around as Around), reading: new Reading({ properties: { fields: { additionalProperties: field } } }) };
  panel.schema = field;
  await panel.updateComplete;
  const offered = (part: string) => [...panel.querySelectorAll<HTMLOptionElement>(`[data-part=result] [data-part=${part}] option`)].map((each) => each.value);
  expect([offered("type"), offered("currency")]).toEqual([["", "money"], ["", "CNY", "EUR"]]);
  expect(panel.querySelector("input")).toBeNull();
  panel.value = { type: "formula", options: { result: { type: "date", options: { a: 1 } } } };
  await panel.updateComplete;
  expect(panel.querySelector("[data-part=options]")).toBeNull();
});

test("a choice that was just added is called after its label, once that is left", async () => {
  const choices: Definition = { type: "object", additionalProperties: { type: "object", properties: { label: { $ref: "#/$defs/label" } }, required: ["label"] } };
  await show({ type: "choice", options: { choices: { gold: { label: "Gold" } } } });
  panel.schema = { type: "object", properties: { options: { type: "object", properties: { choices } } } };
  const open: Record<string, Definition> = {};
  panel.around = { ...(panel.around as Around), world: { ...world, open } as unknown as World };
  await panel.updateComplete;
  one<HTMLButtonElement>(".add-entry").click();
  const taken = (label: Json) => (open["entity/deal"] = { fields: { x: put({ type: "choice", options: { choices: edits[0]?.value ?? null } }, ["options", "choices", "choice", "label"], label) as Definition } });
  panel.value = (taken({ en: "Gold", zh: "新的" }).fields as Definition).x as Definition;
  await panel.updateComplete;
  const box = [...panel.querySelectorAll<HTMLInputElement>(".entry-parts input[id$=-en]")].at(-1);
  box?.dispatchEvent(new FocusEvent("focusout", { bubbles: true, relatedTarget: one(".entry-parts .mono") }));
  expect(edits).toHaveLength(1);
  box?.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  expect(edits[1]?.value).toMatchObject({ gold: {}, gold_2: { label: { en: "Gold" } } });
  expect(edits[1]?.value).not.toHaveProperty("choice");
});

test("of what was just added and called in one language the other one does not go on saying New", async () => {
  const colours: Definition = { type: "object", additionalProperties: { type: "object", properties: { label: { $ref: "#/$defs/label" } }, required: ["label"] } };
  await show({});
  panel.schema = { type: "object", properties: { colours } };
  await panel.updateComplete;
  one<HTMLButtonElement>(".add-entry").click();
  panel.value = { colours: edits[0]?.value ?? null };
  await panel.updateComplete;
  const box = one<HTMLInputElement>(".entry-parts input[id$=-en]");
  box.value = "Big";
  box.dispatchEvent(new Event("input"));
  expect([edits[1]?.path.at(-1), edits[1]?.value]).toEqual(["label", { en: "Big" }]);
});

const SCHEMAS = resolve("platform/definitions/schemas");
const read = (file: string) => JSON.parse(readFileSync(`${SCHEMAS}/${file}`, "utf8")) as Definition;
const KINDS = readdirSync(SCHEMAS).filter((file) => file.endsWith(".json") && file !== "common.json");
const WRITTEN = ["expression", "condition", "path", "period"];

/** The named parts of a schema, at any depth. */
function partsIn(reading: Reading, schema: Json | undefined, name: string): [string, Definition][] {
  const whole = reading.resolved(schema);
  const inner = [...Object.entries(isObject(whole.properties) ? whole.properties : {}), [`${name}/*`, whole.additionalProperties ?? null] as const];
  const forms = [whole.oneOf, whole.anyOf, whole.allOf].filter(Array.isArray).flat() as Json[];
  return [[name, whole], ...inner.filter(([, each]) => isObject(each)).flatMap(([key, each]) => partsIn(reading, each, key)), ...forms.flatMap((each) => partsIn(reading, each, name).slice(1))];
}

test("whatever holds an expression is written in its editor, a condition as rows too", () => {
  const wrong: string[] = [];
  let count = 0;
  for (const file of KINDS) {
    const reading = new Reading({ ...read(file), $defs: read("common.json").$defs ?? {} });
    for (const [name, schema] of partsIn(reading, read(file), file)) {
      const widget = String(schema["x-widget"] ?? "");
      if (!WRITTEN.includes(widget)) continue;
      const owner = typeof schema["x-of"] === "string" ? { [schema["x-of"]]: "other" } : {};
      const around = { ...(panel.around as Around), world: { ...world, open: {} } as unknown as World, entity: "deal", problems: [], isOpen: () => false } as unknown as Surroundings;
      const value = widget === "period" ? "today()" : "amount > 3";
      render(line({ part: { name: "it", schema, title: "It", hint: "", group: "", required: false }, path: ["it"], value, owner, around }), panel);
      const editor = panel.querySelector<SartorExpression>("sartor-expression");
      const kind = widget === "period" ? "expression" : widget;
      if (editor?.kind !== kind || editor.spot?.entity !== ("x-of" in schema ? "other" : "deal")) wrong.push(`${file} ${name} ${editor?.kind} ${editor?.spot?.entity}`);
      count += 1;
    }
  }
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(30);
});

test("a field that is set to nothing begins empty, and stays so when it is emptied again", async () => {
  await show({ type: "text", label: "X", sets: { amount: "null" } });
  panel.schema = { ...FIELD, properties: { ...(FIELD.properties as Definition), sets: { type: "object", title: "Sets", "x-keys": "field", "x-group": "Rules", additionalProperties: { $ref: "#/$defs/expression" } } } };
  await panel.updateComplete;
  await panel.querySelector<SartorPanel>("sartor-settings")?.updateComplete;
  const editor = one<SartorExpression>("sartor-settings sartor-expression");
  expect(editor.value).toBe("");
  editor.change("now()");
  editor.change("");
  expect(edits.map((each) => each.value)).toEqual(["now()", "null"]);
});

test("where only fields of some types fit, the others are not offered, but what is chosen is", async () => {
  const fields = () => [
    { name: "due", label: "Due", type: "date" },
    { name: "title", label: "Title", type: "text" },
    { name: "owner", label: "Owner", type: "user" },
  ];
  const about: Definition = { type: "object", properties: { day: { type: "string", title: "Day", "x-widget": "field", "x-fits": ["date"] } } };
  await show({ type: "number", label: "X" });
  panel.around = { ...(panel.around as Around), world: { ...world, fields } as unknown as World };
  Object.assign(panel, { schema: about, value: { day: "owner" } });
  await panel.updateComplete;
  const values = [...panel.querySelectorAll<HTMLOptionElement>("[data-part=day] option")].map((each) => each.value);
  expect(values).toEqual(["", "due", "owner"]);
});

test("what is called the same is told apart by its name", async () => {
  const fields = () => [
    { name: "price", label: "Price", type: "money" },
    { name: "price_2", label: "Price", type: "money" },
    { name: "cost", label: "Cost", type: "money" },
  ];
  const about: Definition = { type: "object", properties: { sum: { type: "string", title: "Sum", "x-widget": "field" } } };
  await show({ type: "number", label: "X" });
  panel.around = { ...(panel.around as Around), world: { ...world, fields } as unknown as World };
  Object.assign(panel, { schema: about, value: {} });
  await panel.updateComplete;
  const texts = [...panel.querySelectorAll<HTMLOptionElement>("[data-part=sum] option")].map((each) => each.textContent);
  expect(texts.slice(1)).toEqual(["Price (price)", "Price (price_2)", "Cost"]);
});

test("a key that another entry has is refused, and the old one stands there again", async () => {
  const check = { test: "x > 1", message: "No." };
  await show({ type: "text", label: "X", checks: { one: check, two: check } });
  one<HTMLButtonElement>("[data-part=checks] .entry-name").click();
  await panel.updateComplete;
  const box = one("input[id$=-key]");
  for (const [wanted, keys] of [["two", undefined], ["", undefined], ["constructor", ["constructor", "two"]]] as const) {
    edits.length = 0;
    box.value = wanted;
    box.dispatchEvent(new Event("change"));
    expect(edits[0] && Object.keys(edits[0].value as Definition)).toEqual(keys);
    if (!keys) expect(box.value).toBe("one");
  }
});
