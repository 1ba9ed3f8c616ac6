import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { emojiData } from './scripts/emoji-data.mjs';
import { pressed } from './scripts/pressed.mjs';

const server = process.env.CHINWAG_URL ?? 'http://localhost:3000';

/** The first releases that know `light-dark()` and nesting, so that the styles are served as they are written. */
const browsers = ['chrome123', 'edge123', 'firefox120', 'safari17.5'];

export default defineConfig({
  // Relative to the page's `base`, which the server sets.
  base: './',
  plugins: [vue(), emojiData(), pressed()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: { __VUE_OPTIONS_API__: false },
  build: {
    target: browsers,
    // An inlined file is a `data:` URL, which the content security policy refuses.
    assetsInlineLimit: 0,
    // Every browser above knows it.
    modulePreload: { polyfill: false },
    // The first view in one file: in parts it would be a tenth larger.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
    },
  },
  server: {
    proxy: {
      '/api': server,
      '/healthz': server,
      '/ws': { target: server, ws: true },
      '/socket.io': { target: server, ws: true },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'scripts/**/*.test.mjs'],
    restoreMocks: true,
    // Only what hangs is stopped: random scripts take longer where the processor is shared with others.
    testTimeout: 60_000,
  },
});
