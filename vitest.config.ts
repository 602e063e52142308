/** Unit tests of the browser code: they lie beside it and run in happy-dom. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@ui": fileURLToPath(new URL("platform/ui/frontend", import.meta.url)) } },
  test: {
    environment: "happy-dom",
    include: ["{runtime,builder,plugins,platform}/**/*.test.ts"],
    passWithNoTests: true,
  },
});
