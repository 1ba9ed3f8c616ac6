import { unreadText } from '@/features/rooms/unread-text';

const SIZE = 64;

/** Shows a number on the icon of the window, and on that of the installed app. */
export class IconBadge {
  private shown = 0;
  private readonly own = icon()?.href;

  async show(count: number): Promise<void> {
    if (count === this.shown) {
      return;
    }
    this.shown = count;
    const app = navigator as Navigator & {
      setAppBadge?: (count: number) => Promise<void>;
      clearAppBadge?: () => Promise<void>;
    };
    (count > 0 ? app.setAppBadge?.(count) : app.clearAppBadge?.())?.catch(() => {
      // Not installed, or not allowed.
    });
    const link = icon();
    if (link === null || this.own === undefined) {
      return;
    }
    const drawn = count > 0 ? await draw(this.own, unreadText(count)) : this.own;
    if (this.shown === count && drawn !== undefined) {
      link.href = drawn;
      // By this a test, and whoever looks at the page, knows it without seeing the picture.
      link.dataset.count = String(count);
    }
  }
}

function icon(): HTMLLinkElement | null {
  return document.querySelector('link[rel=icon]');
}

async function draw(address: string, text: string): Promise<string | undefined> {
  const picture = new Image(SIZE, SIZE);
  picture.src = address;
  const canvas = document.createElement('canvas');
  canvas.width = SIZE;
  canvas.height = SIZE;
  const context = canvas.getContext('2d');
  try {
    await picture.decode();
  } catch {
    return undefined;
  }
  if (context === null) {
    return undefined;
  }
  context.drawImage(picture, 0, 0, SIZE, SIZE);
  const colours = getComputedStyle(document.documentElement);
  const width = text.length > 2 ? 56 : 44;
  context.fillStyle = colours.getPropertyValue('--mention-solid');
  context.beginPath();
  context.roundRect(SIZE - width, SIZE - 44, width, 44, 22);
  context.fill();
  context.fillStyle = colours.getPropertyValue('--accent-text');
  context.font = `700 ${text.length > 2 ? 26 : 34}px sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, SIZE - width / 2, SIZE - 20);
  return canvas.toDataURL();
}
