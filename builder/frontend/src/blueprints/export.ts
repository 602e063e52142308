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
  return boxOf(form, key)?.closest("label")?.querySelector("span")?.textContent ?? key;
}

/** What comes along, in words; one after the other in the tip. */
function told(form: HTMLFormElement, chosen: number, file: BlueprintFile | null): void {
  const box = form.querySelector<HTMLElement>("[data-along]");
  if (!box) return;
  const words = JSON.parse(box.dataset.words ?? "{}") as Record<string, string>;
  box.textContent = !chosen ? filled(words, "none") : file ? along(form, words, chosen, file).join(" · ") : "…";
  box.title = (file?.needed ?? []).map((key) => called(form, key)).join("\n");
}

function boxOf(form: HTMLFormElement, key: string): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>(`input[name=key][value="${CSS.escape(key)}"]`);
}

/** Scenarios that stay behind, each with what it needs: one press chooses that, too, as far as it is here. */
function leftBehind(form: HTMLFormElement, file: BlueprintFile | null): void {
  const box = form.querySelector<HTMLElement>("[data-left]");
  if (!box) return;
  const left = file?.scenarios_left ?? [];
  const words = JSON.parse(box.dataset.words ?? "{}") as Record<string, string>;
  const say = ({ label, needs }: { label: string; needs: string[] }): HTMLLIElement =>
    Object.assign(document.createElement("li"), { textContent: filled(words, "needs", { scenario: label, names: listed(needs.map((key) => called(form, key))) }) });
  box.hidden = !left.length;
  box.querySelector("ul")?.replaceChildren(...left.map(say));
  const keys = [...new Set(left.flatMap((each) => each.needs))].filter((key) => boxOf(form, key));
  const button = box.querySelector("button");
  button?.toggleAttribute("hidden", !keys.length);
  button?.setAttribute("value", keys.join(" "));
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
    file.scenarios_left ? filled(words, "behind", { n: file.scenarios_left.length }) : "",
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
    if (!chosen) leftBehind(form, null);
    else
      void ask(form).then((file) => {
        if (file) told(form, chosen, file);
        leftBehind(form, file);
      });
  }, SOON);
  form.querySelector<HTMLButtonElement>("[data-left] button")?.addEventListener("click", ({ currentTarget }) => {
    for (const key of (currentTarget as HTMLButtonElement).value.split(" ")) boxOf(form, key)?.click();
  });
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
