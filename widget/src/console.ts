import { parse } from "./dom.ts";
import { Beside } from "./console/beside.ts";
import { listen } from "./console/keys.ts";
import { watch } from "./console/news.ts";
import { Outbox, type Job } from "./console/outbox.ts";
import { pauses } from "./console/pause.ts";
import { Queue } from "./console/queue.ts";
import { words } from "./console/words.ts";

interface Taken {
  key: string;
  id: string;
  item: HTMLElement;
  back: () => void;
}

/** More than anybody takes back at once; the list of decisions on the server has them too. */
const KEPT = 200;

function start(board: HTMLElement): void {
  const { account, said } = board.dataset;
  const say = words(said!);
  const find = (selector: string): HTMLElement => board.querySelector<HTMLElement>(selector)!;
  const told = find(".told");
  const stack: Taken[] = [];
  const beside = new Beside(find(".beside"));
  const tick = pauses(Number(board.dataset.break), told, say);
  const queue = new Queue(find(".queue"), "one" in board.dataset, (item) => beside.show(item?.dataset.id));

  const outbox = new Outbox(`mh-decisions-${account}`, sending, refused);
  const undoButton = find("[data-do=undo]");

  function sending(left: number, failing: boolean): void {
    const line = find(".sending");
    line.textContent = left ? say(failing ? "offline" : "sending", { n: left }) : "";
    line.classList.toggle("wrong", failing && left > 0);
  }

  /** What the server would not do is shown where it happened, and asked again. */
  function refused(job: Job, why: string): void {
    told.textContent = say("failed", { why });
    const at = stack.findIndex((one) => one.id === job.id);
    const [one] = at < 0 ? [] : stack.splice(at, 1);
    if (!one) return;
    const reason = Object.assign(document.createElement("p"), { className: "saved wrong", textContent: say("failed", { why }) });
    one.back();
    void refresh(one.item).then((item) => item.querySelector("article")!.prepend(reason));
  }

  /** The text may have changed: what is decided on is what is shown. */
  async function refresh(item: HTMLElement): Promise<HTMLElement> {
    const address = `/console/item/${item.dataset.id}?queue=${board.dataset.queue}&view=${"one" in board.dataset ? "one" : "list"}`;
    const answer = await fetch(address, { headers: { "x-moothall": "1" } }).catch(() => undefined);
    const fresh = answer?.ok ? parse(await answer.text()).querySelector<HTMLElement>(".item") : undefined;
    if (!fresh) return item;
    item.replaceWith(fresh);
    if (queue.current === item) queue.focus(fresh);
    else fresh.hidden = item.hidden;
    return fresh;
  }

  function decide(item: HTMLElement | undefined, act: string, rule = "", number = ""): void {
    if (!item) return;
    const { id, state, revision } = item.dataset as Record<string, string>;
    const note = item.querySelector<HTMLInputElement>("[name=note]")?.value ?? "";
    const key = crypto.randomUUID();
    stack.push({ key, id: id!, item, back: queue.take(item) });
    if (stack.length > KEPT) stack.shift();
    told.textContent = say(act, { n: number });
    undoButton.hidden = false;
    outbox.add({ url: "/console/decisions", id: id!, body: { key, comment: id!, act, state: state!, revision: Number(revision), rule, note } });
    find(".empty").hidden = queue.items.length > 0;
    tick();
  }

  function undo(): void {
    const last = stack.pop();
    told.textContent = say(last ? "undone" : "nothing");
    undoButton.hidden = !stack.length;
    if (!last) return;
    last.back();
    find(".empty").hidden = true;
    if (!outbox.drop(last.key)) outbox.add({ url: "/console/undos", id: last.id, body: { key: last.key } });
  }

  function byRule(digit: string): void {
    const rule = ruleOn(queue.current, (button) => button.dataset.key === digit);
    if (rule) decide(queue.current, "remove", rule, digit);
  }

  function ruleOn(item: HTMLElement | undefined, wanted: (option: HTMLElement) => boolean): string {
    const options = [...(item?.querySelectorAll<HTMLElement>("[data-key]") ?? [])];
    const found = options.find(wanted) as HTMLOptionElement | HTMLButtonElement | undefined;
    return found?.value ?? "";
  }

  /** The buttons do what their keys do. */
  function submitted(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    const item = form.closest<HTMLElement>(".item");
    const button = event.submitter as HTMLButtonElement | null;
    if (!item || !button?.value) return;
    const select = form.elements.namedItem("rule") as HTMLSelectElement | null;
    const rule = button.name === "remove" ? button.value : (select?.value ?? "");
    const act = button.name === "remove" ? "remove" : button.value;
    // Without a rule the server's own page asks for it.
    if (act === "remove" && !rule) return;
    event.preventDefault();
    decide(item, act, act === "remove" ? rule : "", button.dataset.key ?? select?.selectedOptions[0]?.dataset.key ?? "");
  }

  const keys = find("dialog.keys") as HTMLDialogElement;
  const note = (): void => {
    const fold = queue.current?.querySelector<HTMLDetailsElement>(".note");
    if (!fold) return;
    fold.open = true;
    fold.querySelector("input")!.focus();
  };
  const choose = (): void => {
    const box = queue.current?.querySelector<HTMLInputElement>("[name=ids]");
    box?.click();
  };
  const acts = {
    a: () => decide(queue.current, "approve"),
    h: () => board.dataset.queue !== "held" && decide(queue.current, "hold"),
    u: undo,
    j: () => queue.step(1),
    k: () => queue.step(-1),
    n: note,
    x: choose,
    c: () => beside.toggle(),
    "?": () => keys.showModal(),
    "/": () => location.assign("/console/search"),
  };
  listen(acts, byRule);
  board.addEventListener("submit", submitted);
  board.addEventListener("click", (event) => {
    const control = (event.target as Element).closest<HTMLElement>("[data-do]");
    if (control?.dataset.do === "undo") undo();
    if (control?.dataset.do === "help") keys.showModal();
    if (control?.dataset.do === "fresh") location.reload();
  });
  board.addEventListener("change", () => {
    const n = board.querySelectorAll(".item [name=ids]:checked").length;
    for (const item of queue.items) item.classList.toggle("chosen", !!item.querySelector("[name=ids]:checked"));
    told.textContent = n ? say("selected", { n }) : "";
  });
  board.classList.add("scripted");
  find("[data-do=help]").hidden = false;
  watch(board, queue, say);
  // What waits to be sent from before the page was loaded again is decided already.
  for (const job of outbox.jobs) if (job.url === "/console/decisions") queue.find(job.id)?.remove();
  sending(outbox.jobs.length, false);
  if (!location.hash) queue.focus(queue.items[0]);
  find(".empty").hidden = queue.items.length > 0;
}

const board = document.querySelector<HTMLElement>(".board");
if (board) start(board);
