/** Unit tests of the browser code: they lie beside it and run in happy-dom. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "happy-dom",
    include: ["{runtime,builder,plugins,platform}/**/*.test.ts"],
    passWithNoTests: true,
  },
});
