// What is shown of an entry in its row.
import type { Problem } from "../core/drafts";
import type { Definition } from "../core/json";

export interface Row {
  name: string;
  entry: Definition;
  isChosen: boolean;
  isStop: boolean;
  mark: "new" | "edited" | "";
  problems: Problem[];
}
