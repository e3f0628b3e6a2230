// SPDX-License-Identifier: GPL-2.0-or-later
// A server with keys, asked by pages of other origins: what a browser lets them send and read.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { serveArchive } from './archive.mjs';
import { launch, openPage, serveSite } from './browser.mjs';

let archive, browser, site, stranger;
const pages = {}, strangersPages = { '/': '<!DOCTYPE html><title>Another site</title>' };

const keyFor = (id, lines) =>
  `[[key]]\nid = "${id}"\nhash = "sha256:${createHash('sha256').update(id).digest('hex')}"\nindexes = ["statements"]\n${lines}\n`;

before(async () => {
  site = await serveSite(pages);
  stranger = await serveSite(strangersPages);
  archive = await serveArchive('keys_file = "keys.toml"', {},
    keyFor('site', `origins = ["${site.address}"]`) + keyFor('old', 'expires = 2020-01-01') +
    keyFor('slow', `origins = ["${site.address}"]\nrate = "1/h"\nburst = 1`));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.stop();
  await stranger?.stop();
  await archive?.stop();
});

/** What a script of the page can learn of an answer. */
const ask = (page, key, path = '/indexes/statements/search?q=river') => page.evaluate(async ([url, sent]) => {
  try {
    const answer = await fetch(url, { headers: sent ? { Authorization: `Bearer ${sent}` } : {} });
    return { status: answer.status, code: (await answer.json()).code, wait: answer.headers.get('retry-after') };
  } catch (error) {
    return { status: 0, code: error.name };
  }
}, [archive.address + path, key]);

test('the widget searches with the key that its page gives it', async () => {
  pages['/'] = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A site</title>
    <script src="${archive.address}/embed.js" data-index="statements" defer></script></head>
    <body><main><h1>The rivers</h1><quipu-search key="site"></quipu-search></main></body></html>`;
  const page = await openPage(browser, site.address + '/');
  await page.getByRole('combobox').or(page.getByRole('searchbox')).click();
  await page.keyboard.insertText('mercury river');
  await page.getByRole('option', { name: /Report on mercury/ }).waitFor();
});

test('a page reads why it was refused', async () => {
  pages['/'] = '<!DOCTYPE html><title>A site</title>';
  const page = await openPage(browser, site.address + '/');
  assert.equal((await ask(page, 'site')).status, 200);
  assert.deepEqual(await ask(page, ''), { status: 401, code: 'missing_authorization_header', wait: null });
  assert.deepEqual(await ask(page, 'guess'), { status: 403, code: 'invalid_api_key', wait: null });
  assert.deepEqual(await ask(page, 'old'), { status: 403, code: 'invalid_api_key', wait: null });
  assert.equal((await ask(page, 'site', '/indexes/other/search')).code, 'invalid_api_key');
  assert.equal((await ask(page, 'site', '/nothing')).code, 'not_found');
  assert.equal((await ask(page, 'slow')).status, 200);
  const late = await ask(page, 'slow');
  assert.equal(late.code, 'too_many_requests');
  assert.ok(Number(late.wait) > 3000);
});

test('a page of an origin that no key names reads nothing', async () => {
  const page = await openPage(browser, stranger.address + '/');
  assert.deepEqual(await ask(page, 'site'), { status: 0, code: 'TypeError' });
});

test('without a page key the results page says that it is closed', async () => {
  const page = await openPage(browser, archive.address + '/search?q=river');
  assert.match(await page.getByRole('alert').textContent(), /answers only programs that send a key/);
});
