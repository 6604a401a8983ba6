/** The page's own words: the server wrote them in its language. */
export type Words = (key: string, values?: Record<string, string | number>) => string;

export function words(json: string): Words {
  const table = JSON.parse(json) as Record<string, string>;
  return (key, values = {}) => (table[key] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => `${values[name] ?? ""}`);
}

/** An address whose answer is in the page's language, too. */
export function inOurs(path: string): string {
  return `${path}${path.includes("?") ? "&" : "?"}lang=${document.documentElement.lang}`;
}
