import { inOurs } from "./words.ts";

/** What is sent to the server, once each and in order, however long that takes. */
export interface Job {
  url: string;
  body: Record<string, string | number | boolean>;
  /** What undoing forgets: the comment that it is about. */
  id: string;
}
type Refused = (job: Job, why: string, code: string) => void;

const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000];
const HEADERS = { "content-type": "application/json", accept: "application/json", "x-moothall": "1" };

/** Kept in the browser by account, so that neither a reload nor a dead line loses a decision. */
export class Outbox {
  private tries = 0;
  private timer = 0;
  private busy = false;
  /** Jobs sent to the server: an answer may be lost, so they can't be dropped any more. */
  private sent = new Set<string>();

  constructor(
    private readonly name: string,
    private readonly changed: (left: number, failing: boolean) => void,
    private readonly refused: Refused,
  ) {
    addEventListener("online", () => this.soon(0));
    this.soon(0);
  }

  get jobs(): Job[] {
    return JSON.parse(localStorage.getItem(this.name) ?? "[]") as Job[];
  }

  add(job: Job): void {
    this.write([...this.jobs, job]);
    this.soon(0);
  }

  /** Drops a job that never left; false when it may have arrived. */
  drop(key: string): boolean {
    const jobs = this.jobs;
    const rest = jobs.filter((job) => job.body.key !== key);
    if (rest.length === jobs.length || this.sent.has(key)) return false;
    this.write(rest);
    return true;
  }

  private write(jobs: Job[]): void {
    localStorage.setItem(this.name, JSON.stringify(jobs));
    this.changed(jobs.length, this.tries > 1);
  }

  private soon(ms: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.flush(), ms);
  }

  /** One tab at a time sends; another's turn comes when it is free. */
  private async flush(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    await (navigator.locks?.request(this.name, () => this.sendAll()) ?? this.sendAll());
    this.busy = false;
    if (!this.jobs.length) return;
    this.soon(PAUSES_MS[Math.min(this.tries, PAUSES_MS.length) - 1] ?? 0);
  }

  private async sendAll(): Promise<void> {
    for (let job = this.jobs[0]; job; job = this.jobs[0]) {
      if (!(await this.send(job))) {
        this.tries += 1;
        this.changed(this.jobs.length, this.tries > 1);
        return;
      }
      this.tries = 0;
      const { key } = job.body;
      const { url } = job;
      this.write(this.jobs.filter((one) => one.body.key !== key || one.url !== url));
    }
  }

  /** False when it has to be sent again. */
  private async send(job: Job): Promise<boolean> {
    this.sent.add(`${job.body.key}`);
    try {
      const signal = AbortSignal.timeout(15_000);
      const answer = await fetch(inOurs(job.url), { method: "POST", headers: HEADERS, body: JSON.stringify(job.body), signal });
      if (answer.ok) return true;
      // Too fast, full, restarting, or signed out for now: the decision stands and waits.
      if (answer.status >= 500 || [401, 408, 429].includes(answer.status)) return false;
      const problem = (await answer.json().catch(() => ({}))) as { detail?: string; code?: string };
      this.refused(job, problem.detail ?? `${answer.status}`, problem.code ?? "");
      return true;
    } catch {
      return false;
    }
  }
}
