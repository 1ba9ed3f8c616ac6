import { describe, expect, it } from 'vitest';
import { ConnectionLost, ProtocolError } from '@/api/errors';
import { describeError } from './describe-error';
import { t } from './index';

const refused = (code: ProtocolError['code'], retryAfterMs?: number) =>
  new ProtocolError({ code, message: 'As the server says.', retryable: true, retryAfterMs });

describe('what went wrong', () => {
  it('is said in this language', () => {
    expect(describeError(refused('name_taken'))).toBe(t('refusals.name_taken'));
    expect(describeError(new ConnectionLost())).toBe(t('errors.connection'));
  });

  it('is said in the server’s words when there are none here', () => {
    expect(describeError(refused('room_limit'))).toBe('As the server says.');
  });

  it('says how long to wait, rounded up', () => {
    expect(describeError(refused('rate_limited', 2_001))).toContain('3 seconds');
    expect(describeError(refused('rate_limited', 1_000))).toContain('1 second.');
    expect(describeError(refused('rate_limited'))).toBe('As the server says.');
  });

  it('keeps a defect’s details to itself', () => {
    expect(describeError(new TypeError('x is undefined'))).toBe(t('errors.unexpected'));
  });
});
