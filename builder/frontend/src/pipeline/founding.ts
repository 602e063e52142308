// A new pipeline with the stages that most begin with, and the field of its entity that follows it.
import { isObject, put, type Definition, type Definitions } from "../core/json";
import { free } from "../core/labels";
import { inOrder, placed } from "../core/orders";
import { placedOn } from "../form/standing";
import { names } from "../panel/schema";

const STAGES: Definition = {
  new: { label: { en: "New", zh: "新建" }, order: 10, probability: "0.1" },
  in_progress: { label: { en: "In progress", zh: "进行中" }, order: 20, probability: "0.5" },
  won: { label: { en: "Won", zh: "赢单" }, order: 30, outcome: "won", probability: "1" },
  lost: { label: { en: "Lost", zh: "输单" }, order: 40, outcome: "lost", probability: "0" },
};

/** A pipeline with its first stages, followed by a field of its entity. */
export function pipelineOf(entity: string, field: string, label: Definition): Definition {
  return { label, entity, field, stages: STAGES };
}

/** entityKey: `entity/visit`. A field that already chooses among pipelines takes in this one, else there is a new one, on the
    form as well. */
export function founded(name: string, label: Definition, entityKey: string, entity: Definition, form?: { key: string; definition: Definition }): Definitions {
  const fields = isObject(entity.fields) ? entity.fields : {};
  const choosing = inOrder(fields).find(([, each]) => each.type === "stage" && isObject(each.options) && each.options.by !== undefined);
  const field = choosing?.[0] ?? free("stage", Object.keys(fields));
  const pipelines = choosing && isObject(choosing[1].options) ? [...names(choosing[1].options.pipelines), name] : [name];
  const made = choosing ? (put(entity, ["fields", field, "options", "pipelines"], pipelines) as Definition) : { ...entity, fields: placed(fields, field, { type: "stage", label: { en: "Stage", zh: "阶段" }, options: { pipelines } }, Infinity) };
  const onForm = form && !choosing ? { [form.key]: placedOn(form.definition, field, inOrder(fields).map(([each]) => each)) } : {};
  return { ...onForm, [`pipeline/${name}`]: pipelineOf(entityKey.replace(/^entity\//, ""), field, label), [entityKey]: made };
}
