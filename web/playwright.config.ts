import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

const FONTS = fileURLToPath(new URL('e2e/fonts/fonts.conf', import.meta.url));

/** Real browsers against the real server. Each test has a server of its own, so that they run beside each other. */
export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  // What takes minutes is left to `make test-long`.
  grepInvert: process.env.CHINWAG_LONG === undefined ? /@long/ : undefined,
  forbidOnly: process.env.CI !== undefined,
  reporter: 'list',
  workers: 2,
  retries: 0,
  // What is waited for has to come within 10 s; a whole test may take longer where the processor is shared with others.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    // A trace costs every test a third of its time: `npm run e2e -- --trace on` records them.
    trace: 'off',
    // One between a page and the server would take what tests hold back; those of it let it in.
    serviceWorkers: 'block',
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      env: { ...process.env, FONTCONFIG_FILE: FONTS },
      // Without a window's machinery: it takes half the processor's time of the whole Chromium.
      executablePath: process.env.PLAYWRIGHT_CHROMIUM ?? '/usr/bin/chromium-headless-shell',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    },
  },
});
