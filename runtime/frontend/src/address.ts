// `[data-address]`: province, city, district. Each level's choices come from the server, given those above it:
// GET address?level=city&province=… answers {"options": [{"value": "…", "text": "…"}]}.
import { all, option } from "@ui/dom";
import { ask } from "@ui/net";

async function fill(group: HTMLElement, select: HTMLSelectElement): Promise<void> {
  const query = new URLSearchParams({ level: select.dataset.level ?? "" });
  for (const other of all<HTMLSelectElement>("select[data-level]", group)) {
    if (other === select) break;
    query.set(other.dataset.level ?? "", other.value);
  }
  if (select.dataset.filled === query.toString()) return;
  select.dataset.filled = query.toString();
  const url = group.dataset.address ?? "";
  const answer = await ask(`${url}${url.includes("?") ? "&" : "?"}${query}`);
  if (!answer?.ok) return;
  const { options } = (await answer.json()) as { options: { value: string; text: string }[] };
  const now = select.value;
  select.replaceChildren(select.options[0] as HTMLOptionElement, ...options.map(({ value, text }) => option(value, text)));
  select.value = now;
}

export function startAddresses(inside: ParentNode): void {
  for (const group of all("[data-address]", inside)) {
    const selects = all<HTMLSelectElement>("select[data-level]", group);
    selects.forEach((select, at) => {
      select.addEventListener("focus", () => void fill(group, select));
      select.addEventListener("change", () => {
        for (const below of selects.slice(at + 1)) {
          below.value = "";
          delete below.dataset.filled;
        }
        if (selects[at + 1]) void fill(group, selects[at + 1] as HTMLSelectElement);
      });
    });
  }
}
