// Permitted moves of a pipeline, as pairs of stages: a transition is several of them that share their conditions.
import { isObject, put, type Definition } from "../core/json";
import { free } from "../core/labels";
import { inOrder, placed } from "../core/orders";
import { names } from "../panel/schema";
import { entryOf, mapOf, replaced } from "../rows/entries";

export const STAGES = "stages";
export const MOVES = "transitions";
const END = 36;

export interface Pair {
  from: string;
  to: string;
}

/** The transitions that permit a move, by name. */
export function permitting(pipeline: Definition, { from, to }: Pair): string[] {
  return inOrder(pipeline[MOVES]).filter(([, each]) => names(each.from).includes(from) && names(each.to).includes(to)).map(([name]) => name);
}

/** With no transition at all every move is permitted. */
export function isFree(pipeline: Definition): boolean {
  return !Object.keys(mapOf(pipeline, MOVES)).length;
}

export function isPermitted(pipeline: Definition, pair: Pair): boolean {
  return isFree(pipeline) || permitting(pipeline, pair).length > 0;
}

/** The pairs of a transition; a stage does not lead to itself. */
export function pairsOf(transition: Definition): Pair[] {
  return names(transition.from).flatMap((from) => names(transition.to).filter((to) => to !== from).map((to) => ({ from, to })));
}

function isPlain(transition: Definition): boolean {
  return !transition.note && !names(transition.roles).length && !Object.keys(mapOf(transition, "checks")).length;
}

/** The pipeline with a move permitted: a plain transition that starts there alone takes it in, else it gets its own. */
export function permitted(pipeline: Definition, { from, to }: Pair): Definition {
  const open = inOrder(pipeline[MOVES]).find(([, each]) => isPlain(each) && !each.label && names(each.from).join() === from);
  if (open) return put(pipeline, [MOVES, open[0], "to"], [...names(open[1].to), to]) as Definition;
  return withMove(pipeline, { from: [from], to: [to] }, `${from}_to_${to}`);
}

export function withMove(pipeline: Definition, move: Definition, name: string): Definition {
  const moves = mapOf(pipeline, MOVES);
  return { ...pipeline, [MOVES]: placed(moves, free(name.slice(0, END), Object.keys(moves)), move, Infinity) };
}

/** The pipeline with a move that gets conditions of its own, and its name. What permitted it without any does so no longer;
 * all others stay permitted, or not. */
export function guarded(pipeline: Definition, pair: Pair, move: Definition): { pipeline: Definition; name: string } {
  let rest = isFree(pipeline) ? spelledOut(pipeline) : pipeline;
  for (const each of permitting(rest, pair)) if (isPlain(entryOf(rest, MOVES, each))) rest = split(rest, each, pair);
  const name = free("move", Object.keys(mapOf(rest, MOVES)));
  return { pipeline: withMove(rest, { ...move, from: [pair.from], to: [pair.to] }, name), name };
}

/** The pipeline with one pair of a transition as a transition of its own, which begins with the same conditions, and its name. */
export function aloneAs(pipeline: Definition, name: string, { from, to }: Pair): { pipeline: Definition; name: string } {
  const { label: _label, order: _order, ...move } = entryOf(pipeline, MOVES, name);
  const rest = split(pipeline, name, { from, to });
  const own = free(`${from}_to_${to}`.slice(0, END), Object.keys(mapOf(rest, MOVES)));
  return { pipeline: withMove(rest, { ...move, from: [from], to: [to] }, own), name: own };
}

/** The pipeline with a move taken out of every transition that permits it; undefined where nothing would be left, since
 * that would permit everything. Where a transition permits others too, those keep its conditions. */
export function forbidden(pipeline: Definition, pair: Pair): Definition | undefined {
  let result = isFree(pipeline) ? spelledOut(pipeline) : pipeline;
  for (const name of permitting(result, pair)) result = split(result, name, pair);
  return isFree(result) ? undefined : result;
}

/** Every move as a transition of its stage: what “no transition” means, so that one of them can be taken out. */
function spelledOut(pipeline: Definition): Definition {
  const stages = inOrder(pipeline[STAGES]).map(([name]) => name);
  return stages.reduce((made, from) => {
    const to = stages.filter((each) => each !== from);
    return to.length ? withMove(made, { from: [from], to }, `from_${from}`) : made;
  }, pipeline);
}

/** A transition without one of its pairs: the other starts keep all ends, this start keeps the other ends. */
function split(pipeline: Definition, name: string, { from, to }: Pair): Definition {
  const move = entryOf(pipeline, MOVES, name);
  const starts = names(move.from).filter((each) => each !== from);
  const ends = names(move.to).filter((each) => each !== to);
  const hasEnds = ends.some((each) => each !== from);
  if (!starts.length && !hasEnds) return put(pipeline, [MOVES, name], undefined) as Definition;
  if (!starts.length) return put(pipeline, [MOVES, name], { ...move, to: ends }) as Definition;
  const rest = put(pipeline, [MOVES, name], { ...move, from: starts }) as Definition;
  return hasEnds ? after(rest, name, { ...move, from: [from], to: ends }, `${name}_${from}`) : rest;
}

function after(pipeline: Definition, name: string, move: Definition, wanted: string): Definition {
  const moves = mapOf(pipeline, MOVES);
  const at = inOrder(moves).findIndex(([each]) => each === name);
  const { order: _order, ...rest } = move;
  return { ...pipeline, [MOVES]: placed(moves, free(wanted.slice(0, END), Object.keys(moves)), rest, at + 1) };
}

/** The pipeline without a stage: no move starts or ends there any more, and another one is the first. */
export function withoutStage(pipeline: Definition, stage: string): Definition {
  const rest = put(pipeline, [STAGES, stage], undefined) as Definition;
  const moves = inOrder(rest[MOVES]).flatMap(([name, each]): [string, Definition][] => {
    const from = names(each.from).filter((one) => one !== stage);
    const to = names(each.to).filter((one) => one !== stage);
    return from.length && to.length ? [[name, { ...each, from, to }]] : [];
  });
  const kept: Definition = isObject(rest[MOVES]) ? { ...rest, [MOVES]: Object.fromEntries(moves) } : rest;
  return kept.first === stage ? (put(kept, ["first"], undefined) as Definition) : kept;
}

/** The pipeline whose moves and first stage say a stage by its new key. */
export function followedIn(pipeline: Definition, old: string, name: string): Definition {
  const moves = Object.entries(mapOf(pipeline, MOVES)).map(([key, each]) => {
    const move = each as Definition;
    return [key, { ...move, from: replaced(move.from, old, name), to: replaced(move.to, old, name) }];
  });
  const kept: Definition = moves.length ? { ...pipeline, [MOVES]: Object.fromEntries(moves) } : pipeline;
  return kept.first === old ? { ...kept, first: name } : kept;
}
