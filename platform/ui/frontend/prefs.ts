// Theme and density change at once and are kept by the server; the language needs the page anew.
import { all } from "./dom";
import { ask } from "./net";

function show(name: string, value: string): void {
  const root = document.documentElement;
  if (name === "density") root.dataset.density = value;
  if (name === "theme") {
    root.dataset.theme = value;
    root.dataset.bsTheme = value === "auto" ? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light") : value;
    document.dispatchEvent(new Event("sartor:theme"));
  }
}

export function startPrefs(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
    if (!form.matches("[data-prefs]") || !button || button.name === "language") return;
    event.preventDefault();
    delete form.dataset.sent;
    show(button.name, button.value);
    for (const other of all<HTMLButtonElement>(`button[name="${button.name}"]`, form)) other.setAttribute("aria-pressed", String(other === button));
    void ask(form.action, { method: "POST", body: new URLSearchParams({ [button.name]: button.value }), redirect: "manual" });
  });
}
