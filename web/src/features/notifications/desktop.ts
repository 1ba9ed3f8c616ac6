/** What the system shows. */
export interface Notice {
  title: string;
  body: string;
  /** A later one of the same room takes its place. */
  room: number;
  open: () => void;
}

/** Those on show that a click leads somewhere from, by room. */
const shown = new Map<number, Notification>();

export function permission(): NotificationPermission | 'unsupported' {
  return 'Notification' in window ? Notification.permission : 'unsupported';
}

/** Shows it, if the browser lets us. */
export function showNotice({ title, body, room, open }: Notice): void {
  if (permission() !== 'granted') {
    return;
  }
  try {
    const notification = new Notification(title, {
      body,
      tag: `room-${room}`,
      icon: new URL('icon-192.png', document.baseURI).href,
      // Sounds are our own, with a volume.
      silent: true,
    });
    shown.set(room, notification);
    notification.onclick = () => {
      window.focus();
      notification.close();
      open();
    };
    notification.onclose = () => {
      if (shown.get(room) === notification) {
        shown.delete(room);
      }
    };
  } catch {
    // Phones show those of a service worker alone, which come by push.
  }
}

/** Takes away what was pushed of these rooms, whether a page was open or not. */
export async function closePushed(rooms: ReadonlySet<number>): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  for (const notification of (await registration?.getNotifications?.()) ?? []) {
    if (rooms.has(Number(notification.tag.replace('room-', '')))) {
      notification.close();
    }
  }
}

/** Takes away what was shown of a room: it is read. */
export function closeNotice(room: number): void {
  shown.get(room)?.close();
  shown.delete(room);
}
