import { rebase, uniquify } from "./dom.ts";
import { define, Hall } from "./hall.ts";
import { latin, ofReader } from "./strings.ts";
import { HANDOFF, type SignIn } from "./signin.ts";

declare const WRITER: string;
declare const SIGNIN: string;

/** Where Moothall lives: the address of this script without its name. */
const home = (document.currentScript as HTMLScriptElement).src.replace(/(\/static\/built)?\/embed[^/]*$/, "");
/** Discussions drawn on this page so far. */
let halls = 0;

/** `<moot-hall url="…">` on a page of another site. */
class EmbeddedHall extends Hall {
  static observedAttributes = ["url", "lang"];
  private nth?: number;
  /** A reader's proof of sign-in; never stored. */
  token = "";
  override base = home;

  override connectedCallback(): void {
    this.alive = new AbortController();
    if (this.story) return this.start();
    // Room is kept, so that what follows is out of sight when it moves.
    this.style.display = "block";
    this.style.minHeight = "100vh";
    const sight = new IntersectionObserver(
      (entries) => {
        if (!entries.at(-1)!.isIntersecting && !location.hash.startsWith("#c-")) return;
        sight.disconnect();
        void this.load();
      },
      { rootMargin: "600px" },
    );
    sight.observe(this);
    this.alive.signal.addEventListener("abort", () => sight.disconnect());
  }

  attributeChangedCallback(): void {
    if (this.isConnected && this.story) this.restart();
  }

  /** Loads anew, for another page or for a reader who signed in. */
  restart(): void {
    this.disconnectedCallback();
    this.alive = new AbortController();
    void this.load();
  }

  override get tongue(): string {
    return latin(ofReader(this.first("section")?.lang || this.wish));
  }

  /** Ours are the addresses that have no host, and the token that signs a reader in here. */
  override ask(path: string, request: RequestInit = {}): Promise<Response> {
    const headers = { ...request.headers, ...(this.token && { Authorization: "Bearer " + this.token }) };
    return super.ask(path.startsWith("/") ? home + path : path, { ...request, headers });
  }

  /** The language that the host page wants; the server may not speak it. */
  private get wish(): string {
    return this.lang || document.documentElement.lang || navigator.language;
  }

  override parse(html: string): HTMLElement {
    return rebase(super.parse(html), home);
  }

  /** Opens the window of our sign-in: at once, or browsers would not let it open. */
  override signIn(href: string): void {
    const popup = open("about:blank", "mh-signin", "popup,width=480,height=680");
    if (popup) this.tell.say(this.words("waiting"));
    void this.attempt(signInModule().then(({ signIn }) => signIn(this, href, popup)));
  }

  override start(): void {
    super.start();
    if (sessionStorage.getItem(HANDOFF)) void this.attempt(signInModule().then(({ comeBack }) => comeBack(this)));
  }

  /** Fetches the discussion of the page that `url` names and takes its place. */
  private async load(): Promise<void> {
    const { signal } = this.alive;
    const query = new URLSearchParams({ url: this.getAttribute("url") ?? location.href, lang: this.wish });
    try {
      const [nodes] = await Promise.all([this.fragment(`/embed/discussion?${query}`), styled()]);
      if (!signal.aborted) this.draw(nodes.querySelector<HTMLElement>("moot-hall")!);
    } catch {
      if (!signal.aborted && !this.story) this.offer();
    }
  }

  private draw(drawn: HTMLElement): void {
    for (const { name, value } of drawn.attributes) if (/^(data-mh|dir$|class$)/.test(name)) this.setAttribute(name, value);
    // Several discussions on a page would share the ids of their headings and fields.
    this.nth ??= ++halls;
    if (this.nth > 1) uniquify(drawn, `${this.nth}`);
    this.replaceChildren(...drawn.childNodes);
    this.first("section")!.lang = drawn.lang;
    this.style.minHeight = "";
    this.start();
  }

  /** What is left when the discussion can't be had: the way to its own site. */
  private offer(): void {
    const link = document.createElement("a");
    link.href = home;
    link.textContent = new URL(home).host;
    this.replaceChildren(link);
  }
}

const signInModule = (): Promise<SignIn> => import(`${home}/static/built/${SIGNIN}`) as Promise<SignIn>;

let sheet: Promise<unknown> | undefined;

/** Adds the stylesheet once; drawing before it would show unstyled markup and then jump. */
function styled(): Promise<unknown> {
  return (sheet ??= new Promise((done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = home + "/static/moothall.css";
    link.onload = link.onerror = done;
    document.head.append(link);
  }));
}

export type { EmbeddedHall };
Hall.prototype.writerUrl = `${home}/static/built/${WRITER}`;
define(EmbeddedHall);
