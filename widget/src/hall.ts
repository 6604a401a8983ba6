import { act, submit } from "./acts.ts";
import { announcer, type Announcer } from "./announce.ts";
import { article, focusOn, make, parse } from "./dom.ts";
import { raise, setCounts, swap } from "./apply.ts";
import { storedDrafts } from "./drafts.ts";
import { follow } from "./live.ts";
import { openLinked } from "./permalink.ts";
import { followHistory } from "./navigate.ts";
import { translator, type Table, type Translate } from "./strings.ts";
import { place } from "./show.ts";
import { keepFresh } from "./times.ts";
import { markUnread, shortcuts } from "./unread.ts";
import type { Writer } from "./types.ts";

/** `<moot-hall>`: a discussion that the server drew, with shorter ways. */
export class Hall extends HTMLElement {
  /** What stands before addresses of the server: nothing on its own pages. */
  base = "";
  /** The writer module's address. */
  writerUrl = "";
  /** An embedded reader's proof of sign-in; never stored. */
  token = "";
  alive = new AbortController();
  words: Translate = (key) => key;
  /** The last event that this page shows. */
  seq = 0;
  /** The last event whose new comments have been drawn. */
  drawn = 0;
  /** New comments that wait behind the button. */
  pending = new Set<string>();
  /** New replies told of, whose thread is not on this page. */
  elsewhere = new Set<string>();
  /** So much was missed that the list has to be loaded again. */
  stale = false;
  open = true;
  /** The address of the list that is shown. */
  at = "";
  printers?: { ago: Intl.RelativeTimeFormat; day: Intl.DateTimeFormat; whole: Intl.DateTimeFormat };
  /** Set when the writer can't be loaded: forms and links then go their plain way. */
  plain = false;
  writer?: Promise<Writer> | undefined;
  /** What the writer module shares with the core instead of carrying it twice. */
  readonly kit = { article, focusOn, make, place, raise, setCounts, swap };
  tell: Announcer = announcer(
    (text) => {
      const line = this.find("[data-mh=status]");
      if (line) line.textContent = text;
    },
    { now: () => performance.now(), later: setTimeout.bind(self) },
  );

  connectedCallback(): void {
    this.alive = new AbortController();
    if (this.story) this.start();
  }

  disconnectedCallback(): void {
    this.alive.abort();
    this.writer = undefined;
  }

  /** Takes hold of the markup inside. */
  start(): void {
    this.pending.clear();
    this.stale = false;
    const tables = [...this.querySelectorAll("script[data-mh$=strings]")].map((at) => JSON.parse(at.textContent!) as Table);
    this.words = translator(Object.assign({}, ...tables) as Table, this.tongue);
    this.drawn = this.seq = Number(this.dataset.mhSeq);
    this.on("click", (event) => act(this, event));
    this.on("submit", (event) => submit(this, event));
    this.on("focusin", (event) => (event.target as Element).matches("textarea") && void this.write());
    keepFresh(this);
    markUnread(this, this.items(), this.dataset.mhSeen ?? "~");
    shortcuts(this);
    followHistory(this);
    openLinked(this);
    follow(this);
    if (storedDrafts(this.story)) void this.write();
  }

  /** Another way to sign in than leaving the page. */
  signIn?(href: string): void;

  /** Listens as long as the element lives. */
  on(type: string, listen: (event: Event) => void, at: EventTarget = this): void {
    at.addEventListener(type, listen, { signal: this.alive.signal });
  }

  /** Lets something be tried, and says so when it fails. */
  attempt(doing: unknown): void {
    Promise.resolve(doing).catch(() => this.isConnected && this.tell.say(this.words("failed")));
  }

  /** Does something as if there were no script. */
  plainly(act: () => void): void {
    // Later, because a form can't be submitted while it is being submitted.
    setTimeout(() => {
      this.plain = true;
      act();
      this.plain = false;
    });
  }

  get story(): string {
    return this.dataset.mhStory ?? "";
  }

  get signedIn(): boolean {
    return this.dataset.mhViewer === "signed-in";
  }

  get tongue(): string {
    return this.lang || document.documentElement.lang || navigator.language;
  }

  find<T extends HTMLElement = HTMLElement>(selector: string): T | null {
    return this.querySelector<T>(selector);
  }

  /** The node of a comment, if it is on this page. */
  item(id: string): HTMLElement | null {
    return this.find(`[data-mh-comment="${id}"]`);
  }

  items(root: ParentNode = this): HTMLElement[] {
    return [...root.querySelectorAll<HTMLElement>("[data-mh-comment]")];
  }

  /** Asks the server; what reads ends with the element, what writes does not. */
  ask(path: string, request: RequestInit = {}): Promise<Response> {
    const headers = {
      "Accept-Language": this.tongue,
      ...(this.token && { Authorization: "Bearer " + this.token }),
      ...(request.method && { "X-Moothall": "1" }),
      ...request.headers,
    };
    const signal = request.method ? AbortSignal.timeout(15_000) : this.alive.signal;
    return fetch(path.startsWith("/") ? this.base + path : path, { signal, ...request, headers });
  }

  /** Markup of the server as inert nodes. */
  parse(html: string): HTMLElement {
    return parse(html);
  }

  /** A fragment as inert nodes.  Throws when it can't be had. */
  async fragment(path: string): Promise<HTMLElement> {
    const answer = await this.ask(path);
    if (!answer.ok) throw new Error(`${answer.status}`);
    return this.parse(await answer.text());
  }

  /** The writer module, loaded when somebody first writes, reacts or reports. */
  write(): Promise<Writer> {
    return (this.writer ??= (import(this.writerUrl) as Promise<{ start(hall: Hall): Writer }>).then(
      (module) => module.start(this),
      (wrong) => {
        this.writer = undefined;
        throw wrong;
      },
    ));
  }
}

/** Defines the element once, however often our scripts are included. */
export function define(element: typeof Hall): void {
  if (!customElements.get("moot-hall")) customElements.define("moot-hall", element);
}
