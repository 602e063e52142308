// What htmx does when an answer is not the fragment it asked for: refusals are said, the page stays as it was.
import { cardFailed } from "./cards";
import { toast } from "./toast";
import { say } from "./words";

interface Context {
  response?: { status: number; headers: Headers };
  text?: string;
  swap?: string;
  sourceElement?: Element;
}

function detail(context: Context): string {
  const status = context.response?.status ?? 0;
  if (!context.response?.headers.get("Content-Type")?.includes("json")) return say("failed", { status });
  const problem = JSON.parse(context.text ?? "{}") as { detail?: string; title?: string };
  return problem.detail ?? problem.title ?? say("failed", { status });
}

export function startErrors(): void {
  document.addEventListener("htmx:response:error", (event) => {
    const { ctx } = (event as CustomEvent<{ ctx: Context }>).detail;
    ctx.swap = "none";
    const told = cardFailed(ctx.sourceElement);
    if (!told || ctx.response?.status === 401) toast(detail(ctx), "bad");
  });
  document.addEventListener("htmx:error", (event) => {
    const { ctx } = (event as CustomEvent<{ ctx?: Context }>).detail;
    if (!cardFailed(ctx?.sourceElement)) toast(say("offline"), "bad");
  });
}
