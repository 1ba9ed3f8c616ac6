/**
 * A name in the browser's storage that is this server's own: servers below different paths share an origin, and with it all that
 * a browser keeps. The page says the path in its `base`.
 */
export function ownName(name: string): string {
  const path = new URL(document.baseURI).pathname;
  return path === '/' ? name : name + path;
}
