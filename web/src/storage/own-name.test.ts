import { afterEach, describe, expect, it } from 'vitest';
import { readStored, writeStored } from './local';
import { ownName } from './own-name';

function serveBelow(path: string): void {
  const base = document.createElement('base');
  base.href = path;
  document.head.replaceChildren(base);
}

afterEach(() => {
  document.head.replaceChildren();
  localStorage.clear();
});

describe('what the browser keeps', () => {
  it('is kept apart for servers that share an origin', () => {
    serveBelow('/');
    expect(ownName('chinwag')).toBe('chinwag');
    writeStored('chinwag.session', 'of the root');
    serveBelow('/chat/');
    expect(ownName('chinwag')).toBe('chinwag/chat/');
    expect(readStored('chinwag.session')).toBeUndefined();
    writeStored('chinwag.session', 'of the path');
    serveBelow('/');
    expect(readStored('chinwag.session')).toBe('of the root');
  });
});
