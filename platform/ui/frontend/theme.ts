// Runs before the page is drawn: the theme "auto" follows the system, and keeps following it.
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

function follow(): void {
  if (root.dataset.theme === "auto") root.dataset.bsTheme = dark.matches ? "dark" : "light";
}

follow();
dark.addEventListener("change", follow);
