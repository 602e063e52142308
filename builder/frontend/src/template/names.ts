// What people call the fields of a template: as the palette does; those that lie deeper as the server tells, step by step.
import { say } from "@ui/words";
import { Asking } from "../expression/asking";
import { Fields as Behind } from "../expression/fields";
import { worded } from "./calling";
import { meant } from "./merging";
import { labelOf, SENDER, type Fields } from "./shelves";

const USER = "user";

export class Names {
  private behind = new Map<string, Behind>();

  /** told: that a name has come that was asked for. */
  constructor(private set: string, private key: string, private fields: Fields, private told: () => void) {}

  /** An expression in words. */
  of(entity: string, expression: string): string {
    return worded(meant(expression), (path) => this.path(entity, path));
  }

  path(entity: string, path: string): string {
    const known = labelOf(this.fields, entity, path);
    if (known !== path || !path.includes(".")) return known;
    const isSender = path.startsWith(`${SENDER}.`);
    const steps = (isSender ? path.slice(SENDER.length + 1) : path).split(".");
    const names = steps.map((step, at) => this.step(isSender ? USER : entity, steps.slice(0, at), step));
    return [...(isSender ? [say("build_sender")] : []), ...names].join(" · ");
  }

  private step(entity: string, above: string[], step: string): string {
    const path = [...above, step].join(".");
    return this.fieldsOf(entity).below(above.join(".")).find((each) => each.path === path)?.text ?? step;
  }

  private fieldsOf(entity: string): Behind {
    const known = this.behind.get(entity);
    if (known) return known;
    const made = new Behind(this.told);
    made.of(new Asking({ set: this.set, key: this.key, path: "", entity, documents: () => ({}) }));
    this.behind.set(entity, made);
    return made;
  }
}
