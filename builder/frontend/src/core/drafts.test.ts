import { afterEach, expect, test, vi } from "vitest";
import { Drafts } from "./drafts";

afterEach(() => vi.unstubAllGlobals());

function serving(): { answers: Response[]; outlive: (boolean | undefined)[] } {
  const answers: Response[] = [];
  const outlive: (boolean | undefined)[] = [];
  vi.stubGlobal("fetch", async (_url: string, options: RequestInit) => {
    outlive.push(options.keepalive);
    const answer = new Response(JSON.stringify({ tags: {} }), { headers: { ETag: '"2"' } });
    answers.push(answer);
    return answer;
  });
  return { answers, outlive };
}

test("the answer to a save is read to its end, or the browser would refuse the next ones", async () => {
  const { answers } = serving();
  expect(await new Drafts("main").keep({ "entity/deal": { label: "A" } }, { "entity/deal": '"1"' })).toEqual({ tags: { "entity/deal": '"2"' } });
  await new Drafts("main").keep({ "entity/deal": { label: "A" }, "form/deal": { label: "B" } }, {});
  expect(answers.map((each) => each.bodyUsed)).toEqual([true, true]);
});

test("a save outlives its page as far as the browser lets it, which counts bytes", async () => {
  const { outlive } = serving();
  for (const label of ["商机".repeat(9_000), "商机".repeat(11_000)]) await new Drafts("main").keep({ "entity/deal": { label } }, { "entity/deal": '"1"' });
  expect(outlive).toEqual([true, false]);
});

test("a definition that is not there is told from one that could not be told", async () => {
  for (const [status, told] of [[404, null], [503, undefined]] as const) {
    vi.stubGlobal("fetch", async () => new Response("{}", { status }));
    expect(await new Drafts("main").get("view/gone")).toBe(told);
  }
});
