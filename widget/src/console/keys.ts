/** One key, one act.  While somebody types, or holds a modifier, keys are theirs. */
export type Acts = Record<string, () => void>;

const TYPED = "input, select, textarea, [contenteditable], dialog[open] *";

export function listen(acts: Acts, rule: (digit: string) => void): void {
  addEventListener("keydown", (event) => {
    const target = event.target as Element;
    if (event.key === "Escape" && target.matches("input")) return (target as HTMLElement).blur();
    if (event.metaKey || event.ctrlKey || event.altKey || event.repeat || target.matches(TYPED)) return;
    if (document.querySelector("dialog[open]")) return;
    const act = /^[1-9]$/.test(event.key) ? () => rule(event.key) : acts[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
