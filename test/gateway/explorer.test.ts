import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, describeWithChromium } from '../setup/needs.ts';
import { shop } from './shop-graph.ts';
import { startTestGateway, type TestGateway } from './test-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway(shop);
});
afterAll(() => gateway.close());

describe('the explorer', () => {
  test('loads nothing: no script, style, font or picture of its page has an address', async () => {
    const response = await fetch(`${gateway.url}/explorer`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/html');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/https?:|\*/);
    const page = await response.text();
    expect(page).not.toMatch(/<(script|link|img|iframe)[^>]+(src|href)="(https?:)?\/\//i);
    expect(page).not.toMatch(/@import\s+(url\()?["']?(https?:)?\/\//i);
    expect(page).not.toMatch(/url\(["']?(https?:)?\/\//i);
  });
});

describeWithChromium('the explorer in a browser without internet', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
  });
  afterAll(() => browser.close());

  test('shows up, reads the schema, runs an operation, and asks for nothing from outside', async () => {
    const page = await browser.newPage();
    const outside: string[] = [];
    await page.route('**/*', (route) => {
      const url = route.request().url();
      if (url.startsWith(gateway.url) || /^(data|blob):/.test(url)) return route.continue();
      outside.push(url);
      return route.abort('internetdisconnected');
    });
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    const query = encodeURIComponent('{ strict }');
    await page.goto(`${gateway.url}/explorer?query=${query}`);
    await page.getByRole('button', { name: /execute query/i }).click({ timeout: 20_000 });
    await page.waitForFunction(
      () => /"strict"[\s\S]*"strict"/.test(document.body.innerText),
      null,
      {
        timeout: 20_000,
      },
    );
    await page.close();
    expect(outside).toEqual([]);
    expect(faults).toEqual([]);
  });
});
