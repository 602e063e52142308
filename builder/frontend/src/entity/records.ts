// `[data-records-url]`: how many records each entity has, also a retired one, filled into `[data-records=NAME]` once the page is there.
import { all } from "@ui/dom";
import { ask } from "@ui/net";

async function fill(list: HTMLElement): Promise<void> {
  const answer = await ask(list.dataset.recordsUrl ?? "");
  if (!answer?.ok) return;
  const counts = (await answer.json()) as Record<string, string>;
  for (const cell of all("[data-records]", list)) cell.textContent = counts[cell.dataset.records ?? ""] ?? "–";
}

for (const list of all("[data-records-url]")) void fill(list);
