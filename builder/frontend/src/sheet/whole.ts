// Taking a whole definition out, and going back to the list of its kind.
import { pick } from "../core/labels";
import type { Definition } from "../core/json";
import type { Workbench } from "../core/workbench";
import { retire } from "../entity/retire";

export async function retireWhole(bench: Workbench, about: { key: string; definition: Definition; isNew: boolean; list: string }): Promise<void> {
  if (!(await retire(bench, { key: about.key, label: pick(about.definition.label) || about.key, isNew: about.isNew, leaves: true }))) return;
  await bench.keep();
  if (bench.state === "kept") location.assign(about.list);
}
