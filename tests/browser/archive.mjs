// SPDX-License-Identifier: GPL-2.0-or-later
// A small archive, indexed and served by the real programs on a free port.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A PDF with a page for each text. */
function makePdf(title, pages) {
  const kids = pages.map((_, at) => `${4 + at * 2} 0 R`).join(' ');
  const objects = ['<</Type/Catalog/Pages 2 0 R>>', `<</Type/Pages/Kids[${kids}]/Count ${pages.length}>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>'];
  for (const [at, text] of pages.entries()) {
    const stream = `BT /F1 12 Tf 50 700 Td (${text}) Tj ET`;
    objects.push(`<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>/Contents ${5 + at * 2} 0 R>>`,
      `<</Length ${stream.length}>>stream\n${stream}\nendstream`);
  }
  objects.push(`<</Title(${title})>>`);
  let out = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => {
    const offset = out.length;
    out += `${at + 1} 0 obj${object}endobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return `${out}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer<</Size ${objects.length + 1}/Root 1 0 R/Info ${objects.length} 0 R>>\nstartxref\n${out.length}\n%%EOF\n`;
}

const html = (lang, title, date, body, more = '') =>
  `<!DOCTYPE html><html lang="${lang}"><head><title>${title}</title><meta name="date" content="${date}">${more}</head><body><main>${body}</main></body></html>`;

function writeDocuments(folder) {
  const write = (name, text) => writeFileSync(join(folder, name), text, 'latin1');
  const utf8 = (name, text) => writeFileSync(join(folder, name), text);
  for (let year = 2001; year <= 2024; ++year) {
    utf8(`statement-${year}.html`, html('en', `Statement on the rivers, ${year}`, `${year}-05-0${year % 9 + 1}`,
      `<h1>Statement on the rivers, ${year}</h1><p>The assembly of ${year} met for ${year % 7 + 2} days.</p>
       <h2 id="water">Water and forest</h2><p>The communities of the upper basin ask that the river be protected in ${year},
       that no dam be built without their consent, and that the mercury of the mines be measured every month.</p>
       <p>${'abcdefghijklmnopqrstuvwxyz'.slice(year % 20, year % 20 + 6)} ${'The minutes were read and signed. '.repeat(year % 5 + 1)}</p>`, `<meta name="keywords" content="assembly of ${year}">`));
  }
  utf8('rios.html', html('es', 'Pronunciamiento sobre los ríos', '2023-01-17',
    '<h1>Pronunciamiento sobre los ríos</h1><p>Las comunidades de la cuenca alta exigen que se proteja el río y que ninguna represa se construya sin consentimiento.</p>',
    '<link rel="alternate" hreflang="en" href="https://example.org/files/rivers.html">'));
  utf8('rivers.html', html('en', 'Pronouncement on the rivers', '2023-01-17',
    '<h1>Pronouncement on the rivers</h1><p>The communities of the upper basin demand that the river be protected and that no dam be built without consent.</p>',
    '<link rel="alternate" hreflang="es" href="https://example.org/files/rios.html">'));
  utf8('hostile.html', html('en', '&lt;img src=x onerror=alert(1)&gt; hostile title', '2020-02-02',
    '<h1>&lt;img src=x onerror=alert(1)&gt; hostile title</h1><p>A hostile passage: &lt;script&gt;alert(1)&lt;/script&gt; and &lt;mark onclick=alert(1)&gt;mark&lt;/mark&gt; &amp;lt;b&amp;gt;.</p>'));
  utf8('anhar.html', html('ar', 'بيان عن الأنهار', '2022-03-04', '<h1>بيان عن الأنهار</h1><p>تطلب مجتمعات الحوض الأعلى حماية النهر من الزئبق.</p>'));
  write('broken.pdf', '%PDF-1.4\nThis is none.');
  write('report.pdf', makePdf('Report on mercury', ['Contents of the report and thanks to everybody who helped.',
    'Mercury was found in the river at eleven of twelve places.']));
}

/**
 * Indexes the archive and serves it; `searchd` are further lines of [searchd], `more` further files, `keys` the file
 * keys.toml.
 */
export async function serveArchive(searchd = '', more = {}, keys = '') {
  const root = mkdtempSync(join(tmpdir(), 'quipu-browser-'));
  mkdirSync(join(root, 'files'));
  writeDocuments(join(root, 'files'));
  writeFileSync(join(root, 'keys.toml'), keys);
  for (const [name, text] of Object.entries(more)) writeFileSync(join(root, 'files', name), text);
  writeFileSync(join(root, 'quipu.toml'), `data_dir = "var"
[searchd]
listen = "127.0.0.1:0"
${searchd}
[indexes.statements]
title = "River archive"
languages = ["en", "es", "ar"]
facets = ["language", "type", "tags"]
sortable = ["date"]
[[indexes.statements.sources]]
type = "folder"
path = "files"
url = "https://example.org/files/"
`);
  const environment = { ...process.env, QUIPU_CONFIG: join(root, 'quipu.toml') };
  execFileSync(process.env.QUIPU_INDEXER, ['run', '--quiet'], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
  const server = spawn(process.env.QUIPU_SEARCHD, ['serve'], { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  const [address, admin] = await readAddresses(server);
  const stop = async () => {
    const ended = new Promise((resolve) => server.on('exit', resolve));
    server.kill('SIGTERM');
    await ended;
    rmSync(root, { recursive: true, force: true });
  };
  await untilReady(address);
  return { address, admin, stop, root };
}

/** The addresses that the log names, the admin's last; port 0 means that only the server knows. */
function readAddresses(server) {
  return new Promise((resolve, reject) => {
    let log = '';
    server.stderr.on('data', (data) => {
      log += data;
      const line = log.split('\n').slice(0, -1).find((one) => one.includes('"listening"'));
      if (line) resolve(line.match(/http:\/\/127\.0\.0\.1:\d+/g));
    });
    server.on('exit', (code) => reject(new Error(`quipu-searchd ended with ${code}: ${log}`)));
  });
}

async function untilReady(address) {
  for (let i = 0; i < 100; ++i) {
    if ((await fetch(address + '/ready').catch(() => ({}))).ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('quipu-searchd was not ready within 5 seconds');
}
