import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createViteServer } from 'vitest/node';
import { chromiumPath, describeWithChromium } from '../setup/needs.ts';
import { drawPort } from '../setup/ports.ts';
import { startStack, type Stack } from '../stack.ts';
import { labelsOn } from './sides.ts';

// The same front end as in the other tests, in a browser: here CORS and the prevention of CSRF have their say.
describeWithChromium('a front end in a browser, on another origin than the graph', () => {
  let stack: Stack;
  let pages: Pages;
  let browser: Browser;
  beforeAll(async () => {
    pages = await servePages();
    stack = await startStack({ ...labelsOn('auth', 'upload'), CORS_ORIGINS: pages.origin });
    browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.close();
    await pages?.close();
  });

  const visit = async (origin: string) => {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) faults.push(message.text());
    });
    await page.goto(`${origin}/?gateway=${encodeURIComponent(stack.gatewayUrl)}`);
    return { page, faults };
  };

  test('reads products, logs in, and sends a resume to its signed address', async () => {
    const { page, faults } = await visit(pages.origin);
    await expectStatus(page, /^ready$/);
    expect(await page.locator('#products li').count()).toBe(4);
    await page.setInputFiles('input', {
      name: 'resume.md',
      mimeType: 'text/markdown',
      buffer: Buffer.from('# Casey Morgan\n\nWarehouse lead, 2019 to 2024\n'),
    });
    await page.getByRole('button', { name: 'Send' }).click();
    const status = await expectStatus(page, /CompleteUploadSuccess/);
    const [, , id] = status.split(' ');
    await page.locator('#resumes li', { hasText: `resume.md ${id}` }).waitFor();
    expect(faults).toEqual([]);
    await page.close();
  });

  test.each([
    ['a form could send', 'POST', { 'content-type': 'text/plain' }],
    ['a picture could send', 'GET', {}],
  ])(
    'is refused what %s, as any page of any origin could send that',
    async (_what, method, headers) => {
      const { page } = await visit(pages.origin);
      await expectStatus(page, /^ready$/);
      const { status, body } = await page.evaluate(sendSimply, {
        url: `${stack.gatewayUrl}/graphql`,
        method,
        headers,
      });
      expect([400, 415]).toContain(status);
      expect(body).not.toContain('"data"');
      await page.close();
    },
  );

  test('is kept from the graph where its origin is not among CORS_ORIGINS', async () => {
    // To a browser, another name of the same server is another origin.
    const { page, faults } = await visit(pages.origin.replace('127.0.0.1', 'localhost'));
    await expectStatus(page, /Failed to fetch/);
    expect(await page.locator('#products li').count()).toBe(0);
    expect(faults.join()).toContain('blocked by CORS policy');
    await page.close();
  });
});

/** Runs in the browser: sends an operation without anything that would make the browser ask beforehand. */
async function sendSimply(given: { url: string; method: string; headers: Record<string, string> }) {
  const { url, method, headers } = given;
  const query = '{ me { id } }';
  const response =
    method === 'GET'
      ? await fetch(`${url}?query=${encodeURIComponent(query)}`)
      : await fetch(url, { method, headers, body: JSON.stringify({ query }) });
  return { status: response.status, body: await response.text() };
}

async function expectStatus(page: Page, wanted: RegExp): Promise<string> {
  const status = page.locator('#status', { hasText: wanted });
  await status.waitFor({ timeout: 20_000 }).catch(async () => {
    expect(await page.locator('#status').textContent()).toMatch(wanted);
  });
  return (await status.textContent()) ?? '';
}

interface Pages {
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves the page as a developer of a front end does. */
async function servePages(): Promise<Pages> {
  const cacheDir = await mkdtemp(join(tmpdir(), 'vite-'));
  const port = await drawPort();
  const server = await createViteServer({
    configFile: false,
    root: join(import.meta.dirname, 'browser-page'),
    cacheDir,
    logLevel: 'error',
    server: { host: '127.0.0.1', port, strictPort: true, hmr: false, watch: null },
  });
  await server.listen();
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      await server.close();
      await rm(cacheDir, { recursive: true, force: true });
    },
  };
}
