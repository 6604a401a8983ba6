import { act, submit } from "./acts.ts";
import { announcer, type Announcer } from "./announce.ts";
import { article, focusOn, make, parse } from "./dom.ts";
import { raise, setCounts, swap } from "./apply.ts";
import { someDrafts } from "./drafts.ts";
import { follow } from "./live.ts";
import { openLinked } from "./permalink.ts";
import { followHistory } from "./navigate.ts";
import { latin, ofReader, translator, type Table, type Translate } from "./strings.ts";
import { place } from "./show.ts";
import { keepFresh } from "./times.ts";
import { markUnread, shortcuts } from "./unread.ts";
import type { Writer } from "./types.ts";

/** `<moot-hall>`: a discussion that the server drew, with shorter ways. */
export class Hall extends HTMLElement {
  /** What stands before addresses of the server: nothing on its own pages. */
  base = "";
  /** The writer module's address. */
  declare writerUrl: string;
  alive = new AbortController();
  words: Translate = (key) => key;
  /** The last event that this page shows. */
  seq = 0;
  /** The last event whose new comments have been drawn. */
  drawn = 0;
  /** New comments that wait behind the button. */
  pending = new Set<string>();
  /** So much was missed that the list has to be loaded again. */
  stale?: boolean | undefined;
  open = true;
  /** A comment on its way to the server and into its place; never refused. */
  posting?: Promise<unknown>;
  /** The address of the list that is shown. */
  at = "";
  /** Set when the writer can't be loaded: forms and links then go their plain way. */
  plain = false;
  writer?: Promise<Writer> | undefined;
  /** What the writer module shares with the core instead of carrying it twice. */
  readonly kit = { article, focusOn, make, place, raise, setCounts, swap };
  tell: Announcer = announcer((text) => this.first("[data-mh=status]")?.replaceChildren(text));

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
    // On our own pages the story's copy and share buttons stand outside.
    for (const button of document.querySelectorAll<HTMLElement>("[data-mh-act=copy-field]")) button.hidden = false;
    this.on<MouseEvent>("click", (event) => act(this, event), this.base ? this : document);
    this.on<SubmitEvent>("submit", (event) => submit(this, event));
    // What looks like a button answers to the space bar like one.
    this.on<KeyboardEvent>("keydown", (event) => {
      const at = event.target as HTMLElement;
      if (event.key === " " && at.matches("a[role=button]")) {
        event.preventDefault();
        at.click();
      }
    });
    this.on("focusin", (event) => (event.target as Element).matches("textarea") && this.write());
    keepFresh(this);
    markUnread(this, this.items());
    shortcuts(this);
    followHistory(this);
    openLinked(this);
    follow(this);
    if (someDrafts(this.story)) void this.write();
  }

  /** Another way to sign in than leaving the page. */
  signIn?(href: string): void;

  /** Listens as long as the element lives. */
  on<T extends Event>(type: string, listen: (event: T) => unknown, at: EventTarget = this): void {
    at.addEventListener(type, listen as (event: Event) => unknown, { signal: this.alive.signal });
  }

  /** Lets something be tried, and says so when it fails. */
  attempt(doing: unknown): Promise<unknown> {
    return Promise.resolve(doing).catch(() => this.isConnected && this.tell.say(this.words("failed")));
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

  /** What an address of a fragment ends with, where the page's own asks for a language: "&lang=fr". */
  get asked(): string {
    return this.dataset.mhAsked ?? "";
  }

  /** The language of the words here: as the reader's country writes it, with the digits that the server prints. */
  get tongue(): string {
    return latin(ofReader(this.lang));
  }

  first<T extends HTMLElement = HTMLElement>(selector: string): T | null {
    return this.querySelector<T>(selector);
  }

  /** The node of a comment, if it is on this page. */
  item(id: string): HTMLElement | null {
    // Browsers keep a table of ids; for any other attribute they would look at every node.
    return this.first("#c-" + id);
  }

  items(root: ParentNode = this): HTMLElement[] {
    return [...root.querySelectorAll<HTMLElement>("[data-mh-comment]")];
  }

  /** Asks the server; what reads ends with the element, what writes does not. */
  ask(path: string, request: RequestInit = {}): Promise<Response> {
    const headers = {
      "Accept-Language": this.tongue,
      ...(request.method && { "X-Moothall": "1" }),
      ...request.headers,
    };
    const signal = request.method ? AbortSignal.timeout(15_000) : this.alive.signal;
    return fetch(path, { signal, ...request, headers });
  }

  /** Markup of the server as inert nodes. */
  parse(html: string): HTMLElement {
    return parse(html);
  }

  /** A fragment as inert nodes.  Throws when it can't be had. */
  async fragment(path: string): Promise<HTMLElement> {
    const answer = await this.ask(path);
    if (!answer.ok) throw answer;
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
export const define = (element: typeof Hall): unknown =>
  customElements.get("moot-hall") ?? customElements.define("moot-hall", element);
