/** One thing that happened to a discussion. */
export type Change =
  | ["new", id: string, parent: string]
  | ["edited", id: string]
  | ["removed", id: string]
  | ["reactions", id: string, respect: number, disagree: number];

/** What the event stream and `/changes` both carry; `from` and `seq` are its first and last event. */
export interface Changes {
  from: number;
  seq: number;
  count: number;
  open: boolean;
  reload?: boolean;
  changes: Change[];
}

/** An RFC 9457 problem as our server words it. */
export interface Problem {
  code?: string;
  detail?: string;
  title?: string;
  field?: string;
  retry_after?: number;
  nudge?: { id: string };
}

/** What the core calls in the lazily loaded writer module. */
export interface Writer {
  act(act: string, control: HTMLElement): unknown;
  submit(form: HTMLFormElement, button: HTMLButtonElement | null): unknown;
}
