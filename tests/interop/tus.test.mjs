// Files in parts, with the client of the tus project itself.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { Upload } from 'tus-js-client';
import { Native } from './support/native.mjs';
import { startServer } from './support/server.mjs';

const PART = 256 * 1024;

/** Somebody with a file to share in the general room. */
async function sharer(t) {
  const server = await startServer(t);
  const alex = await Native.signIn(t, server, 'Alex');
  const { room } = await alex.join('general');
  return { server, room, headers: alex.headers };
}

/** Uploads with the tus client, which `begun` gets before it starts; answers the address of the file. */
function upload({ server, room, headers }, bytes, options = {}, begun = () => undefined) {
  return new Promise((resolve, reject) => {
    const upload = new Upload(bytes, {
      endpoint: `${server.url}/api/uploads`,
      headers,
      chunkSize: PART,
      retryDelays: null,
      metadata: { room: String(room), filename: 'film.bin' },
      onSuccess: () => resolve(upload.url),
      onError: reject,
      ...options,
    });
    begun(upload, resolve);
    upload.start();
  });
}

const idOf = (address) => new URL(address).pathname.split('/').at(-1);

async function read({ server, headers }, id) {
  const response = await fetch(`${server.url}/files/${id}/film.bin`, { headers });
  assert.equal(response.status, 200);
  return Buffer.from(await response.arrayBuffer());
}

test('a file comes in parts and is read back as it was', async (t) => {
  const sharing = await sharer(t);
  const bytes = randomBytes(5 * PART + 1);
  const address = await upload(sharing, bytes);
  assert.deepEqual(await read(sharing, idOf(address)), bytes);
});

test('one that broke off goes on where it was after the server was killed', async (t) => {
  const sharing = await sharer(t);
  const bytes = randomBytes(6 * PART);
  const broken = await upload(sharing, bytes, {}, (upload, resolve) => {
    upload.options.onChunkComplete = async (_, accepted) => {
      if (accepted === 2 * PART) {
        await upload.abort();
        resolve(upload.url);
      }
    };
  });
  await sharing.server.killAndRestart();
  const sent = [];
  const address = await upload(sharing, bytes, {
    uploadUrl: broken,
    onChunkComplete: (size, accepted) => sent.push([size, accepted]),
  });
  assert.equal(address, broken);
  const [size, accepted] = sent[0];
  assert.ok(accepted - size >= 2 * PART, `began again at ${accepted - size}`);
  assert.deepEqual(await read(sharing, idOf(address)), bytes);
});

test('one that is given up is gone', async (t) => {
  const sharing = await sharer(t);
  const bytes = randomBytes(4 * PART);
  const address = await upload(sharing, bytes, {}, (upload, resolve) => {
    upload.options.onChunkComplete = async (_, accepted) => {
      if (accepted === PART) {
        await upload.abort(true);
        resolve(upload.url);
      }
    };
  });
  const headers = { ...sharing.headers, 'Tus-Resumable': '1.0.0' };
  const { status } = await fetch(address, { method: 'HEAD', headers });
  assert.equal(status, 404);
});

test('what is too long is refused with a sentence, before its first byte', async (t) => {
  const sharing = await sharer(t);
  await assert.rejects(upload(sharing, Buffer.alloc(PART), { uploadSize: 2 ** 50 }), (error) => {
    assert.equal(error.originalResponse.getStatus(), 413);
    const { message } = JSON.parse(error.originalResponse.getBody());
    assert.match(message, /^[A-Z].*\.$/);
    return true;
  });
});

test('nobody uploads without having signed in', async (t) => {
  const sharing = await sharer(t);
  await assert.rejects(upload({ ...sharing, headers: {} }, Buffer.alloc(PART)), (error) => {
    assert.equal(error.originalResponse.getStatus(), 401);
    return true;
  });
});
