// Whether an entity asks for something to be unique that is not so where it is published: then records may repeat it.
import { isObject, same, type Definition, type Json } from "../core/json";
import { names } from "../panel/schema";

export function asksUnique(entity: Definition, published: Definition | null): boolean {
  if (!published) return false;
  const before = isObject(published.fields) ? published.fields : {};
  const isNew = ([name, field]: [string, Json]) => isObject(field) && field.unique === true && !wasUnique(before, name, field);
  return Object.entries(isObject(entity.fields) ? entity.fields : {}).some(isNew) || !same(entity.keys ?? null, published.keys ?? null);
}

function wasUnique(before: Definition, name: string, field: Definition): boolean {
  const was = [name, ...names(field.formerly)].map((each) => before[each]).find(isObject);
  return was?.unique === true;
}
