import { describe, expect, it } from 'vitest';
import { documentTitle } from './document-title';

describe('the title of the window', () => {
  it.each([
    ['#general', 3, '(3) #general – Chinwag'],
    ['#general', 0, '#general – Chinwag'],
    ['#general', 100, '(99+) #general – Chinwag'],
    ['#general', 1, '(1) #general – Chinwag'],
    [null, 0, 'Chinwag'],
    [null, 12, '(12) Chinwag'],
  ])('in %j with %i unread is %j', (label, unread, title) => {
    expect(documentTitle(label, unread)).toBe(title);
  });
});
