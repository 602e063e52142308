// `form[data-export]`: a selection of definitions. What comes along is told as one chooses; exporting keeps the file.
import { debounce } from "@ui/dom";
import { filled, listed } from "@ui/words";
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

/** What the page calls a definition. */
function called(form: HTMLFormElement, key: string): string {
  const box = form.querySelector(`input[name=key][value="${CSS.escape(key)}"]`);
  return box?.closest("label")?.querySelector("span")?.textContent ?? key;
}

/** What comes along, in words; one after the other in the tip. */
function told(form: HTMLFormElement, chosen: number, file: BlueprintFile | null): void {
  const box = form.querySelector<HTMLElement>("[data-along]");
  if (!box) return;
  const words = JSON.parse(box.dataset.words ?? "{}") as Record<string, string>;
  box.textContent = !chosen ? filled(words, "none") : file ? along(form, words, chosen, file).join(" · ") : "…";
  box.title = (file?.needed ?? []).map((key) => called(form, key)).join("\n");
}

function along(form: HTMLFormElement, words: Record<string, string>, n: number, file: BlueprintFile): string[] {
  const origins = JSON.parse(form.querySelector<HTMLElement>("[data-along]")?.dataset.origins ?? "{}") as Record<string, string>;
  const rows = Object.values(file.records ?? {}).reduce((sum, each) => sum + each, 0);
  const requires = Object.keys(file.requires ?? {}).map((name) => origins[name] ?? name);
  const left = (file.left ?? []).map((key) => called(form, key));
  return [
    filled(words, "chosen", { n, along: file.needed?.length ?? 0 }),
    rows ? filled(words, "rows", { n: rows }) : "",
    file.scenarios ? filled(words, "scenarios", { n: file.scenarios }) : "",
    requires.length ? filled(words, "requires", { names: listed(requires) }) : "",
    left.length ? filled(words, "left", { names: listed(left) }) : "",
  ].filter(Boolean);
}

/** The file; why there is none is said in place of what comes along. */
async function ask(form: HTMLFormElement): Promise<BlueprintFile | null> {
  const wanted = body(form);
  if (!wanted.keys.length && !wanted.records.length) return null;
  const found = await send<BlueprintFile>(form.dataset.export ?? "", wanted);
  const box = form.querySelector<HTMLElement>("[data-along]");
  const refused = found && "problem" in found ? (found.problem.errors?.[0]?.message ?? found.problem.detail ?? "") : "";
  box?.classList.toggle("bad", !!refused);
  if (box && refused) box.textContent = refused;
  return found && "value" in found ? found.value : null;
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
