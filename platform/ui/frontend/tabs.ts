// The tabs of this browser: what one has done and what it has not saved is no other's while it is open.
const KEPT = "sartor tab";
const OPEN = "sartor open ";
const BEAT = 20_000;
/** Browsers let a tab in the background tell the time once a minute only. */
const SILENT = 150_000;

/** This tab, over changes of page: a later one sorts behind an earlier one. A page takes its id out of the tab's own store
 *  and puts it back when it is left, so that a copy that is made of a tab is another tab. */
export const TAB = sessionStorage.getItem(KEPT) ?? `${Date.now()}-${Math.random().toString(36).slice(2, 8)}`;
sessionStorage.removeItem(KEPT);
addEventListener("pageshow", (event) => {
  if (event.persisted) sessionStorage.removeItem(KEPT);
});
addEventListener("pagehide", () => sessionStorage.setItem(KEPT, TAB));

// A browser knows locks on safe addresses only; on others each tab writes down the time.
const locks = navigator.locks as LockManager | undefined;

/** Tells the others that this tab is open, until its page is left; and again when the browser brings that page back as it was. */
export function openHere(): void {
  tellOpen();
  addEventListener("pageshow", (event) => event.persisted && tellOpen());
}

function tellOpen(): void {
  if (locks) void locks.request(OPEN + TAB, () => new Promise((left) => addEventListener("pagehide", left, { once: true })));
  else beat();
}

function beat(): void {
  const tell = () => localStorage.setItem(OPEN + TAB, String(Date.now()));
  const beating = setInterval(tell, BEAT);
  tell();
  addEventListener("pagehide", () => {
    clearInterval(beating);
    localStorage.removeItem(OPEN + TAB);
  }, { once: true });
}

async function openTabs(): Promise<Set<string>> {
  const names = locks ? ((await locks.query()).held ?? []).map((each) => each.name ?? "") : Object.keys(localStorage).filter(isHeard);
  return new Set(names.flatMap((name) => (name.startsWith(OPEN) ? [name.slice(OPEN.length)] : [])));
}

/** One that has ended without a word is forgotten. */
function isHeard(name: string): boolean {
  if (!name.startsWith(OPEN)) return false;
  const isAlive = Date.now() - Number(localStorage.getItem(name)) < SILENT;
  if (!isAlive) localStorage.removeItem(name);
  return isAlive;
}

/** What this tab calls what it keeps in the browser under a name. */
export function ofTab(name: string): string {
  return `${name} @${TAB}`;
}

/** What is kept there under a name and is this tab's or nobody's any more: its own first, then what the last one left behind. */
export async function within(name: string): Promise<string[]> {
  const open = await openTabs();
  const left = Object.keys(localStorage).filter((each) => each.startsWith(`${name} @`) && !open.has(each.slice(name.length + 2)));
  const own = ofTab(name);
  return [own, ...left.filter((each) => each !== own).sort().reverse()].filter((each) => localStorage.getItem(each) !== null);
}
