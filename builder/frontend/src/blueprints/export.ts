// `form[data-export]`: a selection of definitions. What comes along is told as one chooses; exporting keeps the file.
import { debounce } from "@ui/dom";
import { toast } from "@ui/toast";
import { slug } from "../core/labels";
import { save, send, type BlueprintFile } from "./api";

const SOON = 250;

interface Chosen {
  entity: string;
  as: string;
  filter?: string;
}

function records(form: HTMLFormElement): Chosen[] {
  return [...form.querySelectorAll<HTMLElement>("[data-records]")].flatMap((row) => {
    const as = row.querySelector("select")?.value ?? "";
    const filter = row.querySelector("input")?.value.trim();
    return as ? [{ entity: row.dataset.records ?? "", as, ...(filter ? { filter } : {}) }] : [];
  });
}

function body(form: HTMLFormElement): { keys: string[]; records: Chosen[] } & Record<string, unknown> {
  const data = new FormData(form);
  const text = (name: string): string => String(data.get(name) ?? "").trim();
  const version = text("version") || "1.0.0";
  return { name: text("name") || "draft", label: text("label") || "-", version, keys: data.getAll("key").map(String), forms: data.has("forms"), records: records(form) };
}

function told(form: HTMLFormElement, chosen: number, file: BlueprintFile | null): void {
  const box = form.querySelector<HTMLElement>("[data-along]");
  if (!box) return;
  const { none = "", text = "", requires = "", rows = "", scenarios = "", left = "" } = box.dataset;
  if (!chosen || !file) {
    box.textContent = chosen ? "…" : none;
    return;
  }
  const parts = [text.replace("{chosen}", String(chosen)).replace("{along}", String(file.needed?.length ?? 0))];
  const count = Object.values(file.records ?? {}).reduce((sum, each) => sum + each, 0);
  if (count) parts.push(rows.replace("{n}", String(count)));
  if (file.scenarios) parts.push(scenarios.replace("{n}", String(file.scenarios)));
  const needs = Object.keys(file.requires ?? {});
  if (needs.length) parts.push(requires.replace("{names}", needs.join(", ")));
  if (file.left?.length) parts.push(left.replace("{names}", file.left.join(", ")));
  box.textContent = parts.join(" · ");
  box.title = file.needed?.join("\n") ?? "";
}

async function ask(form: HTMLFormElement): Promise<BlueprintFile | null> {
  const wanted = body(form);
  if (!wanted.keys.length && !wanted.records.length) return null;
  const found = await send<BlueprintFile>(form.dataset.export ?? "", wanted);
  if (found && "value" in found) return found.value;
  if (found) toast(found.problem.detail ?? "", "bad");
  return null;
}

export function startExport(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-export]");
  if (!form) return;
  const say = debounce(() => {
    const wanted = body(form);
    const chosen = wanted.keys.length + wanted.records.length;
    told(form, chosen, null);
    if (chosen) void ask(form).then((file) => file && told(form, chosen, file));
  }, SOON);
  const name = form.elements.namedItem("name") as HTMLInputElement;
  form.addEventListener("input", (event) => {
    const field = event.target as HTMLInputElement;
    if (field.name === "name") name.dataset.own = "yes";
    if (field.name === "label" && !name.dataset.own) name.value = slug(field.value);
    const row = field.closest<HTMLElement>("[data-records]");
    if (row) row.querySelector("input")?.toggleAttribute("hidden", !row.querySelector("select")?.value);
    if (field.type === "checkbox" || row) say();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void ask(form).then((file) => (file ? save(file) : undefined));
  });
  told(form, 0, null);
}
