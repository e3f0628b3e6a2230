// SPDX-License-Identifier: GPL-2.0-or-later
// The status page of the admin listener, without JavaScript.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { serveArchive } from './archive.mjs';
import { assertAccessible, assertValid, launch, openPage } from './browser.mjs';

let archive, browser;

before(async () => {
  archive = await serveArchive('admin_listen = "127.0.0.1:0"');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await archive?.stop();
});

const visit = (path, options) => openPage(browser, archive.admin + path, { javaScriptEnabled: false, ...options });

test('it shows the index and its last job, problems first', async () => {
  const page = await visit('/');
  await page.getByRole('heading', { name: 'River archive' }).waitFor();
  const problem = page.getByRole('row', { name: /broken\.pdf/ });
  assert.match(await problem.textContent(), /^failedbroken\.pdf/);
  const text = await page.getByRole('main').textContent();
  assert.ok(text.indexOf('broken.pdf') < text.indexOf('indexed 29'), text);
  assert.match(text, /Documents29/);
  await page.shot('admin');
  await page.check();
});

test('a query is explained, and what is hostile in documents stays text', async () => {
  const page = await visit('/');
  await page.getByRole('searchbox').fill('hostile passage');
  await page.getByRole('button', { name: 'Explain' }).click();
  await page.getByText('tokens: ').waitFor();
  await page.getByRole('heading', { name: '<script>alert(1)</script>' }).waitFor();
  assert.match(await page.getByRole('table').first().textContent(), /hostile/);
  await page.shot('admin-explain');
  await page.check();
});

test('the public listener has no such page', async () => {
  assert.doesNotMatch(await (await fetch(archive.address + '/')).text(), /Last job/);
  assert.equal((await fetch(archive.admin + '/indexes')).status, 404);
});

test('in light, dark and on a phone: axe finds nothing, and nothing scrolls sideways', async () => {
  for (const [name, options] of Object.entries({
    light: {}, dark: { colorScheme: 'dark' }, phone: { viewport: { width: 360, height: 700 }, isMobile: true },
  })) {
    const page = await visit('/?q=mercury+in+the+river&index=statements', { ...options, javaScriptEnabled: true });
    await page.shot('admin-' + name);
    await assertAccessible(page);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, name);
    await page.check();
  }
});

test('the HTML is valid', async () => {
  for (const path of ['/', '/?q=mercury&index=statements', '/?q=zyxwv']) await assertValid(archive.admin + path);
});
