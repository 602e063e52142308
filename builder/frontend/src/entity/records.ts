// `[data-records-url]`: how many records each entity has, filled into `[data-records=NAME]` once the page is there.
import { all } from "@ui/dom";
import { ask } from "@ui/net";

async function fill(table: HTMLElement): Promise<void> {
  const answer = await ask(table.dataset.recordsUrl ?? "");
  if (!answer?.ok) return;
  const counts = (await answer.json()) as Record<string, string>;
  for (const cell of all("[data-records]", table)) cell.textContent = counts[cell.dataset.records ?? ""] ?? "–";
}

for (const table of all("[data-records-url]")) void fill(table);
