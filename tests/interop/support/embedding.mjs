import { createHmac } from 'node:crypto';

const SECRET = 'a secret of thirty-two bytes, or more';
const AUDIENCE = 'chat.example.org';

/** What lets a server take the tokens of this file. */
export const OPTIONS = ['--embedding-secret', SECRET, '--embedding-audience', AUDIENCE];

/** A token for a person of another product, which is good for so many seconds. */
export function token(sub, name, seconds = 600) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const claims = { sub, name, aud: AUDIENCE, iat: now, exp: now + seconds };
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', SECRET).update(signed).digest('base64url')}`;
}
