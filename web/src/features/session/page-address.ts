/** The address of this page with something for it behind the `#`, as others open it. */
export function pageAddress(kind: 'invite' | 'link', code: string): string {
  return new URL(`#${kind}=${code}`, document.baseURI).href;
}
