// The one style sheet: font, Tabler, gridstack, our tokens and parts, in this order. Fonts are copied beside it under hashed names.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { transform } from "esbuild";

const PARTS = [
  "tokens", "ground", "controls", "widgets", "picker", "stages", "shell", "filter", "list", "record", "sheet", "board", "numbers", "places", "builder", "rows", "designers", "boards", "relations", "expressions", "templates", "changes", "packages", "sheets", "outside", "floating", "phone",
];

/** Inter's faces; `keep(name, bytes)` stores a file and answers its hashed name. */
async function font(root, keep) {
  const folder = join(root, "node_modules/@fontsource-variable/inter");
  let css = await readFile(join(folder, "index.css"), "utf8");
  for (const [whole, path] of [...css.matchAll(/url\(\.\/(files\/[^)]+)\)/g)]) {
    const name = await keep(path.split("/").pop(), await readFile(join(folder, path)));
    css = css.replace(whole, `url(./${name})`);
  }
  return css;
}

export async function styles(root, keep) {
  const read = (path) => readFile(join(root, path), "utf8");
  const css = [await font(root, keep), await read("node_modules/@tabler/core/dist/css/tabler.min.css"), await read("node_modules/gridstack/dist/gridstack.css")];
  for (const part of PARTS) css.push(await read(`platform/ui/static/css/${part}.css`));
  return minified(css.join("\n"));
}

export async function minified(css) {
  const { code } = await transform(css, { loader: "css", minify: true, legalComments: "inline" });
  return code;
}
