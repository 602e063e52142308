// The icon sprite: one symbol for each icon that is named in templates, scripts, Python, definitions or icons.txt.
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

const PLACES = [
  { folder: "platform/ui/templates", ending: ".html" },
  { folder: "runtime/templates", ending: ".html" },
  { folder: "builder", ending: ".html" },
  { folder: "plugins", ending: ".html" },
  { folder: "runtime/frontend/src", ending: ".ts" },
  { folder: "builder/frontend", ending: ".ts" },
  { folder: "platform", ending: ".py" },
  { folder: "runtime", ending: ".py" },
  { folder: "builder", ending: ".py" },
  { folder: "plugins", ending: ".py" },
  { folder: "blueprints", ending: ".json" },
  { folder: "docs", ending: ".json" },
];
// icon("phone"), icon: "phone", icon="phone", icon: str = "phone", "icon": "phone"
const NAMED = /\bicon"?(?:\(\s*|\s*[:=]\s*(?:str(?: \| None)?\s*=\s*)?)["']([a-z0-9][a-z0-9-]*)["']/g;

async function files(folder, ending) {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return found.filter((file) => file.isFile() && file.name.endsWith(ending)).map((file) => join(file.parentPath, file.name));
}

/** Names of all icons in use, sorted. */
export async function namedIcons(root) {
  const names = new Set();
  for (const { folder, ending } of PLACES)
    for (const path of await files(join(root, folder), ending))
      for (const [, name] of (await readFile(path, "utf8")).matchAll(NAMED)) names.add(name);
  const list = await readFile(join(root, "platform/ui/icons.txt"), "utf8");
  for (const line of list.split("\n")) if (line.trim() && !line.startsWith("#")) names.add(line.trim());
  return [...names].sort();
}

/** The sprite, the names in it, and the names that Tabler does not have. */
export async function sprite(root, names) {
  const symbols = [];
  const unknown = [];
  for (const name of names) {
    const path = join(root, "node_modules/@tabler/icons/icons/outline", `${name}.svg`);
    const svg = await readFile(path, "utf8").catch(() => null);
    if (svg === null) unknown.push(name);
    else symbols.push([name, svg.replace(/^[^]*?<svg[^]*?>/, "").replace("</svg>", "").replace(/<path stroke="none"[^>]*>/, "").replace(/\s+/g, " ").trim()]);
  }
  const body = symbols.map(([name, paths]) => `<symbol id="${name}" viewBox="0 0 24 24">${paths}</symbol>`).join("\n");
  return { svg: `<svg xmlns="http://www.w3.org/2000/svg">\n${body}\n</svg>\n`, known: symbols.map(([name]) => name), unknown };
}
