// `select[data-person]`: who somebody in the records of a blueprint is here. What is chosen becomes part of what the
// buttons of the page send: of every `data-body` that speaks of people.
interface Body {
  people?: Record<string, string>;
}

function written(text: string, address: string, here: string): string {
  const body = JSON.parse(text) as Body;
  if (!body.people) return text;
  const { [address]: _former, ...others } = body.people;
  return JSON.stringify({ ...body, people: here ? { ...others, [address]: here } : others });
}

export function startPeople(): void {
  document.addEventListener("change", (event) => {
    const chosen = (event.target as Element).closest<HTMLSelectElement>("select[data-person]");
    if (!chosen) return;
    for (const each of document.querySelectorAll<HTMLElement>("main [data-body]"))
      each.dataset.body = written(each.dataset.body ?? "{}", chosen.dataset.person ?? "", chosen.value);
  });
}
