import { parse } from "../dom.ts";
import { Beside } from "./beside.ts";
import { listen, type Acts } from "./keys.ts";
import { watch } from "./news.ts";
import { Outbox, type Job } from "./outbox.ts";
import { pauses } from "./pause.ts";
import { Queue } from "./queue.ts";
import { inOurs, words, type Words } from "./words.ts";

interface Taken {
  key: string;
  id: string;
  item: HTMLElement;
  back: () => void;
}

/** More than anybody takes back at once; the list of decisions on the server has them too. */
const KEPT = 200;

/** A queue at work: each decision is shown at once and sent behind one's back. */
export class Board {
  private readonly said: Words;
  private readonly told: HTMLElement;
  private readonly stack: Taken[] = [];
  private readonly queue: Queue;
  private readonly outbox: Outbox;
  private readonly beside: Beside;
  private readonly tick: () => void;

  constructor(private readonly board: HTMLElement) {
    this.said = words(board.dataset.said!);
    this.told = this.find(".told");
    this.beside = new Beside(this.find(".beside"));
    this.tick = pauses(Number(board.dataset.break), this.told, this.said);
    this.queue = new Queue(this.find(".queue"), "one" in board.dataset, (item) => this.beside.show(item?.dataset.id));
    this.outbox = new Outbox(`mh-decisions-${board.dataset.account}`, this.sending, this.refused);
  }

  start(): void {
    this.hear();
    this.board.classList.add("scripted");
    this.find("[data-do=help]").hidden = false;
    watch(this.board, this.queue, this.said);
    // What waits to be sent from before the page was loaded again is decided already.
    for (const job of this.outbox.jobs) if (job.url === "/console/decisions") this.queue.find(job.id)?.remove();
    this.sending(this.outbox.jobs.length, false);
    if (!location.hash) this.queue.focus(this.queue.items[0]);
    this.empty();
  }

  private hear(): void {
    const keys = this.find("dialog.keys") as HTMLDialogElement;
    listen(this.acts(keys), (digit) => this.byRule(digit));
    this.board.addEventListener("submit", (event) => this.submitted(event));
    this.board.addEventListener("change", () => this.chosen());
    this.board.addEventListener("click", (event) => {
      const control = (event.target as Element).closest<HTMLElement>("[data-do]");
      if (control?.dataset.do === "undo") this.undo();
      if (control?.dataset.do === "help") keys.showModal();
      if (control?.dataset.do === "fresh") location.reload();
    });
  }

  private acts(keys: HTMLDialogElement): Acts {
    const { queue, board } = this;
    return {
      a: () => this.decide(queue.current, "approve"),
      h: () => board.dataset.queue !== "held" && this.decide(queue.current, "hold"),
      f: () => this.feature(queue.current),
      u: () => this.undo(),
      j: () => queue.step(1),
      k: () => queue.step(-1),
      n: () => this.note(),
      x: () => queue.current?.querySelector<HTMLInputElement>("[name=ids]")?.click(),
      c: () => this.beside.toggle(),
      "?": () => keys.showModal(),
      "/": () => location.assign("/console/search"),
    };
  }

  private decide(item: HTMLElement | undefined, act: string, rule = "", number = ""): void {
    if (!item) return;
    const { id, state, revision } = item.dataset as Record<"id" | "state" | "revision", string>;
    const note = item.querySelector<HTMLInputElement>("[name=note]")?.value ?? "";
    const key = crypto.randomUUID();
    this.stack.push({ key, id, item, back: this.queue.take(item) });
    if (this.stack.length > KEPT) this.stack.shift();
    this.told.textContent = this.said(act, { n: number });
    this.find("[data-do=undo]").hidden = false;
    this.outbox.add({ url: "/console/decisions", id, body: { key, comment: id, act, state, revision: Number(revision), rule, note } });
    this.empty();
    this.tick();
  }

  /** The same key, or button, takes the mark away again. */
  private feature(item: HTMLElement | undefined): void {
    const button = item?.querySelector<HTMLButtonElement>("[name=featured]");
    if (!item || !button) return;
    const featured = button.value === "1";
    const id = item.dataset.id!;
    button.value = featured ? "0" : "1";
    button.ariaPressed = `${featured}`;
    this.told.textContent = this.said(featured ? "featured" : "unfeatured");
    this.outbox.add({ url: "/console/features", id, body: { key: crypto.randomUUID(), comment: id, featured } });
  }

  private undo(): void {
    const last = this.stack.pop();
    this.told.textContent = this.said(last ? "undone" : "nothing");
    this.find("[data-do=undo]").hidden = !this.stack.length;
    if (!last) return;
    last.back();
    this.empty();
    if (!this.outbox.drop(last.key)) this.outbox.add({ url: "/console/undos", id: last.id, body: { key: last.key } });
  }

  private byRule(digit: string): void {
    const named = this.queue.current?.querySelector<HTMLOptionElement | HTMLButtonElement>(`[data-key="${digit}"]`);
    if (named) this.decide(this.queue.current, "remove", named.value, digit);
  }

  /** The buttons do what their keys do. */
  private submitted(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    const item = form.closest<HTMLElement>(".item");
    const button = event.submitter as HTMLButtonElement | null;
    if (!item || !button?.value) return;
    if (button.name === "featured") {
      event.preventDefault();
      return this.feature(item);
    }
    const select = form.elements.namedItem("rule") as HTMLSelectElement | null;
    const byButton = button.name === "remove";
    const act = byButton ? "remove" : button.value;
    const rule = byButton ? button.value : (select?.value ?? "");
    // Without a rule the server's own page asks for it.
    if (act === "remove" && !rule) return;
    event.preventDefault();
    const number = button.dataset.key ?? select?.selectedOptions[0]?.dataset.key ?? "";
    this.decide(item, act, act === "remove" ? rule : "", number);
  }

  private chosen(): void {
    const n = this.board.querySelectorAll(".item [name=ids]:checked").length;
    for (const item of this.queue.items) item.classList.toggle("chosen", !!item.querySelector("[name=ids]:checked"));
    this.told.textContent = n ? this.said("selected", { n }) : "";
  }

  private note(): void {
    const fold = this.queue.current?.querySelector<HTMLDetailsElement>(".note");
    if (!fold) return;
    fold.open = true;
    fold.querySelector("input")!.focus();
  }

  private readonly sending = (left: number, failing: boolean): void => {
    const line = this.find(".sending");
    line.textContent = left ? this.said(failing ? "offline" : "sending", { n: left }) : "";
    line.classList.toggle("wrong", failing && left > 0);
  };

  /** What the server would not do is shown where it happened, and asked again. */
  private readonly refused = (job: Job, why: string): void => {
    this.told.textContent = this.said("failed", { why });
    const at = this.stack.findIndex((one) => one.id === job.id);
    const [one] = at < 0 ? [] : this.stack.splice(at, 1);
    const there = this.queue.find(job.id);
    if (!one) return void (there && this.refresh(there));
    const reason = Object.assign(document.createElement("p"), { className: "saved wrong", textContent: this.said("failed", { why }) });
    one.back();
    this.empty();
    void this.refresh(one.item).then((item) => item.querySelector("article")!.prepend(reason));
  };

  /** The text may have changed: what is decided on is what is shown. */
  private async refresh(item: HTMLElement): Promise<HTMLElement> {
    const { queue, one } = this.board.dataset;
    const address = `/console/item/${item.dataset.id}?queue=${queue}&view=${one === undefined ? "list" : "one"}`;
    const answer = await fetch(inOurs(address), { headers: { "x-moothall": "1" } }).catch(() => undefined);
    const fresh = answer?.ok ? parse(await answer.text()).querySelector<HTMLElement>(".item") : undefined;
    if (!fresh) return item;
    item.replaceWith(fresh);
    if (this.queue.current === item) this.queue.focus(fresh);
    else fresh.hidden = item.hidden;
    return fresh;
  }

  private empty(): void {
    this.find(".empty").hidden = this.queue.items.length > 0;
  }

  private find(selector: string): HTMLElement {
    return this.board.querySelector<HTMLElement>(selector)!;
  }
}
