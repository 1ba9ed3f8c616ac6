/** Where the addresses of rooms begin. */
const rooms = () => new URL('rooms/', document.baseURI);

/** The address of a message. By the number of its room, which stays when that is called otherwise. */
export function linkTo(room: number, seq: number): string {
  return `${rooms().href}~${room}/${seq}`;
}

/**
 * The first message of this server to which a text leads, by the address of its room. People may reach a server by several ports, through a proxy
 * or not, so its name alone counts.
 */
export function linkedMessage(text: string): { address: string; seq: number } | undefined {
  const { hostname, pathname } = rooms();
  for (const [address] of text.matchAll(/\bhttps?:\/\/[^\s<>"]+/gu)) {
    const url = parsed(address);
    if (url?.hostname === hostname && url.pathname.startsWith(pathname)) {
      const path = url.pathname.slice(pathname.length);
      const found = /^(?<room>[^/]+)\/(?<seq>\d+)[.,;:!?)\]]*$/u.exec(path)?.groups;
      if (found?.room !== undefined) {
        return { address: decoded(found.room), seq: Number(found.seq) };
      }
    }
  }
  return undefined;
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** Not every browser parses one without throwing. */
function parsed(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}
