import { afterEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { hours } from './hours';
import { moveTo } from './test/in-zone';
import { clockTime, fullTime } from './times';

const AT = Date.parse('2026-03-01T21:05:00Z');

afterEach(() => {
  hours.value = 'system';
  moveTo();
});

describe('the time of day', () => {
  it('is that of the zone which the machine has come into', () => {
    hours.value = '24';
    const told = ['Europe/Berlin', 'Asia/Kolkata'].map((timeZone) => {
      moveTo(timeZone);
      return clockTime(AT);
    });
    expect(told).toEqual(['22:05', '02:35']);
  });

  it('has as many hours as the reader wants, who is remembered', async () => {
    moveTo('UTC');
    hours.value = '12';
    expect(clockTime(AT)).toMatch(/^9:05\sPM$/u);
    expect(fullTime(AT)).toContain('9:05');
    hours.value = '24';
    expect(clockTime(AT)).toBe('21:05');
    await nextTick();
    expect(localStorage.getItem('chinwag.hours')).toBe('"24"');
  });
});
