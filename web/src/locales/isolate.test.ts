import { describe, expect, it } from 'vitest';
import { isolate, sentenceParts, withoutIsolates } from './isolate';

describe('a sentence', () => {
  it('has its names apart', () => {
    expect(sentenceParts(`${isolate('דנה')} and ${isolate('Alex')} are typing`)).toEqual([
      { text: 'דנה', isName: true },
      { text: ' and ', isName: false },
      { text: 'Alex', isName: true },
      { text: ' are typing', isName: false },
    ]);
    expect(sentenceParts('Several people')).toEqual([{ text: 'Several people', isName: false }]);
  });

  it('is not torn by a name with marks of its own', () => {
    expect(sentenceParts(`${isolate('a\u2069b\u2068')} is typing`)).toEqual([
      { text: 'ab', isName: true },
      { text: ' is typing', isName: false },
    ]);
  });

  it('can be had without them', () => {
    expect(withoutIsolates(`${isolate('Alex')} is typing`)).toBe('Alex is typing');
  });
});
