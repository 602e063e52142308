// Builds the front end into platform/ui/static/built: hashed names, a manifest, .br and .gz beside each text file.
// Each script is whole in itself, so no name of a file stands inside another; heavy ones are loaded by address when needed.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build } from "esbuild";
import { namedIcons, sprite } from "./build/icons.mjs";
import { minified, styles } from "./build/styles.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const OUT = join(ROOT, "platform/ui/static/built");
// Two builds at once do not get in each other’s way.
const FRESH = `${OUT}.new.${process.pid}`;
const SHARED = "platform/ui/frontend";
const SCRIPTS = {
  "theme.js": `${SHARED}/theme.ts`,
  "app.js": "runtime/frontend/src/app.ts",
  "chart.js": "runtime/frontend/src/plotly.ts",
  "builder.js": "builder/frontend/src/builder.ts",
  "editor.js": "builder/frontend/src/editors.ts",
};
const manifest = {};

/** The front ends of plugins: `frontend/NAME.ts` and `.css` in the folder NAME become `static/NAME.js` and `.css` there. */
async function buildPlugins() {
  for (const name of await readdir(join(ROOT, "plugins"))) {
    if (!existsSync(join(ROOT, "plugins", name, "frontend"))) continue;
    const [source, target] = ["frontend", "static"].map((folder) => join(ROOT, "plugins", name, folder, name));
    await mkdir(dirname(target), { recursive: true });
    if (existsSync(`${source}.ts`)) await writeFile(`${target}.js`, await script(`plugins/${name}/frontend/${name}.ts`));
    if (existsSync(`${source}.css`)) await writeFile(`${target}.css`, await minified(await readFile(`${source}.css`, "utf8")));
  }
}

/** Stores a file as `name.[8 hex].ending` and answers that name. */
async function keep(name, content) {
  const bytes = Buffer.from(content);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
  const ending = extname(name);
  const hashed = `${basename(name, ending)}.${hash}${ending}`;
  manifest[name] = hashed;
  await writeFile(join(FRESH, hashed), bytes);
  if (![".woff2", ".png"].includes(ending)) await compress(join(FRESH, hashed), bytes);
  return hashed;
}

async function compress(path, bytes) {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: bytes.length > 1e6 ? 9 : 11 } };
  await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes, quality));
  await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}

async function script(source) {
  const result = await build({
    entryPoints: [join(ROOT, source)], alias: { "@ui": join(ROOT, SHARED) },
    bundle: true, minify: true, write: false, format: source.endsWith("theme.ts") ? "iife" : "esm", target: "es2022",
    // Plotly asks for MapLibre's style sheet, whose traces we leave out; styles never come through scripts.
    loader: { ".css": "empty" }, define: { global: "window" }, legalComments: "eof", logLevel: "warning",
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
  });
  return result.outputFiles[0].contents;
}

await rm(FRESH, { recursive: true, force: true });
await mkdir(FRESH, { recursive: true });
for (const [name, source] of Object.entries(SCRIPTS)) await keep(name, await script(source));
await buildPlugins();
await keep("app.css", await styles(ROOT, keep));
await keep("plotly.css", await readFile(join(ROOT, "node_modules/plotly.js/dist/plotly.css")));
await keep("favicon.svg", await readFile(join(ROOT, "platform/ui/static/favicon.svg")));
const icons = await sprite(ROOT, await namedIcons(ROOT));
await keep("icons.svg", icons.svg);
if (icons.unknown.length) console.warn(`Not among Tabler's icons, drawn as a dot: ${icons.unknown.join(", ")}`);
await writeFile(join(FRESH, "icons.json"), JSON.stringify(icons.known));
await writeFile(join(FRESH, "manifest.json"), JSON.stringify(manifest, null, 1));
await rm(OUT, { recursive: true, force: true });
await rename(FRESH, OUT);
console.log(`${Object.keys(manifest).length} files, ${icons.known.length} icons in ${OUT.slice(ROOT.length + 1)}`);
