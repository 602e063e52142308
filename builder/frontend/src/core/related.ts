// What the server tells of the lists below a record.
import type { Definition } from "./json";

/** A lookup of another entity to this one. by: what the lookup is called; columns: what a list of the others shows. */
export interface Related {
  entity: string;
  lookup: string;
  label: Definition;
  by: string;
  icon: string;
  columns: string[];
}
