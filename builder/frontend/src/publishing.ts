// While a publication is sent, the place that says so asks how far it is; whichever process answers knows.
const EVERY = 600;

interface Told {
  done?: number;
  total?: number;
  now?: string;
}

async function look(place: HTMLElement): Promise<void> {
  // The page is about to be left: what is not answered by then is nobody's trouble.
  const answer = await fetch(place.dataset.progress ?? "", { credentials: "same-origin" }).catch(() => null);
  const told = answer?.ok ? ((await answer.json().catch(() => ({}))) as Told) : {};
  const bar = place.querySelector("progress");
  const words = place.querySelector("span");
  if (!told.total || !bar || !words) return;
  Object.assign(bar, { max: told.total, value: told.done ?? 0 });
  words.textContent = told.now ?? "";
}

export function startPublishing(): void {
  document.addEventListener("submit", (event) => {
    const place = (event.target as HTMLElement).querySelector<HTMLElement>("[data-progress]");
    if (!place || event.defaultPrevented) return;
    const timer = setInterval(() => void look(place), EVERY);
    window.addEventListener("pagehide", () => clearInterval(timer), { once: true });
  });
}
