// The icon sprite: one symbol for each icon that is named in templates, scripts, Python, definitions or icons.txt.
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

const PLACES = [
  { folder: "platform/ui/templates", ending: ".html" },
  { folder: "runtime/templates", ending: ".html" },
  { folder: "builder", ending: ".html" },
  { folder: "plugins", ending: ".html" },
  { folder: "runtime/frontend/src", ending: ".ts" },
  { folder: "platform/ui/frontend", ending: ".ts" },
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

// All quoted words of a call, for icon("sun" if … else "moon").
const CALL = /\bicon\(([^)]*)\)/g;
const WORD = /["']([a-z][a-z0-9-]*)["']/g;

/** Names in one source; words of a call that are no icons are left out by `sprite` where they are only guesses. */
function named(text) {
  const names = [...text.matchAll(NAMED)].map(([, name]) => name);
  const guesses = [...text.matchAll(CALL)].flatMap(([, inside]) => [...inside.matchAll(WORD)].map(([, word]) => word));
  return { names, guesses };
}

/** Names of all icons in use, sorted; and the words that may be names. */
export async function namedIcons(root) {
  const names = new Set();
  const guesses = new Set();
  for (const { folder, ending } of PLACES)
    for (const path of await files(join(root, folder), ending)) {
      const found = named(await readFile(path, "utf8"));
      for (const name of found.names) names.add(name);
      for (const name of found.guesses) guesses.add(name);
    }
  const list = await readFile(join(root, "platform/ui/icons.txt"), "utf8");
  for (const line of list.split("\n")) if (line.trim() && !line.startsWith("#")) names.add(line.trim());
  return { names: [...names].sort(), guesses: [...guesses].filter((name) => !names.has(name)).sort() };
}

/** The sprite, the names in it, and the names that Tabler does not have. */
export async function sprite(root, { names, guesses }) {
  const symbols = [];
  const unknown = [];
  for (const name of [...names, ...guesses].sort()) {
    const path = join(root, "node_modules/@tabler/icons/icons/outline", `${name}.svg`);
    const svg = await readFile(path, "utf8").catch(() => null);
    if (svg === null && names.includes(name)) unknown.push(name);
    if (svg === null) continue;
    symbols.push([name, svg.replace(/^[^]*?<svg[^]*?>/, "").replace("</svg>", "").replace(/<path stroke="none"[^>]*>/, "").replace(/\s+/g, " ").trim()]);
  }
  const body = symbols.map(([name, paths]) => `<symbol id="${name}" viewBox="0 0 24 24">${paths}</symbol>`).join("\n");
  return { svg: `<svg xmlns="http://www.w3.org/2000/svg">\n${body}\n</svg>\n`, known: symbols.map(([name]) => name), unknown };
}
