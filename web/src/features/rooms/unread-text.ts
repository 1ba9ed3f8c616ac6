const MOST = 99;

/** The server counts up to a hundred; above ninety-nine the number says no more than "many". */
export function unreadText(unread: number): string {
  return unread > MOST ? `${MOST}+` : String(unread);
}
