type RandomSource = Pick<Crypto, 'getRandomValues'> & Partial<Pick<Crypto, 'randomUUID'>>;

/** A new id for a message of this person. Over plain HTTP in a local network there is no `randomUUID`. */
export function newClientId(source: RandomSource = globalThis.crypto): string {
  if (source.randomUUID !== undefined) {
    return source.randomUUID();
  }
  const bytes = source.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
