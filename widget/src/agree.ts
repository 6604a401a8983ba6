/**
 * In our window, where its reader said yes to this host before: asks the page that opened it whether it is the one
 * that wants to know.  Only that page has the verifier whose hash is asked about, so that a link that somebody else put
 * on it, which opens nothing, still needs a click.
 */
const form = document.querySelector<HTMLFormElement>("form[data-opener]");
const by = opener as Window | null;
if (form && by) {
  const origin = `${location.protocol}//${form.dataset.opener}`;
  const hash = form.querySelector<HTMLInputElement>("[name=hash]")!.value;
  addEventListener("message", (event) => {
    if (event.source === by && event.origin === origin && event.data === `mh:mine:${hash}`) form.submit();
  });
  by.postMessage(`mh:whose:${hash}`, origin);
}
