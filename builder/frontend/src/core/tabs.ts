// The pages of this browser: what one has not saved is no other's while it is open.
const OPEN = "sartor page ";

/** This page: a later one sorts behind an earlier one. */
export const PAGE = `${Date.now()}-${Math.random().toString(36).slice(2, 8)}`;

// A browser knows locks on safe addresses only; on others no page is known to be open.
const locks = navigator.locks as LockManager | undefined;

/** Tells the others that this page is open, until it is left. */
export function openHere(): void {
  void locks?.request(OPEN + PAGE, () => new Promise((left) => addEventListener("pagehide", left, { once: true })));
}

/** The pages that are open. */
export async function openPages(): Promise<Set<string>> {
  const held = (await locks?.query())?.held ?? [];
  return new Set(held.map((each) => (each.name ?? "").slice(OPEN.length)));
}
