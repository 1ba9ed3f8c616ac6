const PREFIX = 'chinwag:draft:';

/** What a person has written in a room and not sent; kept by person, since several may use one browser. */
export interface DraftKey {
  userId: number;
  room: string;
}

export function readDraft(key: DraftKey): string {
  try {
    return localStorage.getItem(nameOf(key)) ?? '';
  } catch {
    return '';
  }
}

export function writeDraft(key: DraftKey, text: string): void {
  try {
    if (text === '') {
      localStorage.removeItem(nameOf(key));
    } else {
      localStorage.setItem(nameOf(key), text);
    }
  } catch {
    // A browser that stores nothing keeps the draft until the page is left.
  }
}

function nameOf({ userId, room }: DraftKey): string {
  return `${PREFIX}${userId}:${room}`;
}
