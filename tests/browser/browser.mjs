// SPDX-License-Identifier: GPL-2.0-or-later
// Chromium, a site of its own origin, and what tests say about pages.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, normalize } from 'node:path';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const types = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.html': 'text/html; charset=utf-8' };

export function launch() {
  return chromium.launch({
    executablePath: process.env.QUIPU_CHROMIUM,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1'],
  });
}

/**
 * Serves `pages` (path → HTML or {body, headers}) and, under their paths, files of `folders` (prefix → folder), in
 * which the texts that are keys of `replaced` become its values.
 */
export async function serveSite(pages, folders = {}, replaced = {}) {
  const read = (file) => types[extname(file)]
    ? Object.entries(replaced).reduce((text, [from, to]) => text.replaceAll(from, to), readFileSync(file, 'utf8'))
    : readFileSync(file);
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    const page = pages[path];
    if (page) {
      const { body, headers = {} } = typeof page === 'string' ? { body: page } : page;
      return response.writeHead(200, { 'Content-Type': types[extname(path)] ?? types['.html'], ...headers }).end(body);
    }
    const prefix = Object.keys(folders).find((one) => path.startsWith(one));
    try {
      const file = join(folders[prefix], normalize(path.slice(prefix.length)));
      response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' }).end(read(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((resolve) => server.close(resolve) && server.closeAllConnections()),
  };
}

/** A page whose console and network are watched: whatever goes wrong there fails the test at `check()`. */
export async function openPage(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 720 }, locale: 'en-US', ...options });
  context.setDefaultTimeout(7000);
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (fault) => faults.push(String(fault)));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('dialog', (dialog) => faults.push('a script ran: ' + dialog.message()) && dialog.dismiss());
  await context.route('https://example.org/**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>There</title>there' }));
  await page.goto(url);
  page.check = async (allowed) => {
    assert.deepEqual(faults.filter((fault) => !allowed?.test(fault)), []);
    await context.close();
  };
  page.shot = (name) => page.screenshot({ path: join(process.env.QUIPU_SCREENSHOTS, name + '.png') });
  return page;
}

/** axe-core finds nothing, with the WCAG 2.2 AA and best-practice rules, inside the shadow as well. */
export async function assertAccessible(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  assert.deepEqual(found.violations.map(({ id, nodes }) => ({ id, at: nodes.map((node) => [node.target, node.failureSummary]) })), []);
}

/** The HTML at `address` breaks none of html-validate's rules of the standard. */
export async function assertValid(address) {
  const validator = new HtmlValidate(new StaticConfigLoader({ root: true, extends: ['html-validate:standard'],
    rules: { 'long-title': 'off', 'no-trailing-whitespace': 'off', 'void-style': 'off' } }));
  const report = await validator.validateString(await (await fetch(address)).text());
  assert.deepEqual(report.results.flatMap((result) => result.messages.map(({ ruleId, message, line }) => ({ ruleId, message, line }))), [], address);
}
