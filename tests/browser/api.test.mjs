// SPDX-License-Identifier: GPL-2.0-or-later
// /openapi.json as a published validator reads it, every answer against it, and every example of docs/http-api.md.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { Validator } from '@seriousme/openapi-schema-validator';
import Ajv from 'ajv/dist/2020.js';
import { serveArchive } from './archive.mjs';

const manual = readFileSync(join(process.env.QUIPU_SOURCE, 'docs/http-api.md'), 'utf8');
const sha256 = (text) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const index = (name) => `[indexes.${name}]
languages = ["en", "es"]
facets = ["language", "type"]
[[indexes.${name}.sources]]
type = "folder"
path = "files"
url = "https://example.org/files/"
`;
let open, closed, api, ajv;

before(async () => {
  // The names that the examples have.
  open = await serveArchive(index('seeds') + index('news'));
  closed = await serveArchive(`keys_file = "keys.toml"\n${index('seeds')}`, {},
    `[[key]]\nid = "a"\nhash = "${sha256('quipu_example')}"\nindexes = ["seeds"]\n`);
  api = await (await fetch(open.address + '/openapi.json')).json();
  ajv = new Ajv({ strict: false, allErrors: true });
  const strict = structuredClone(api);
  close(strict.components.schemas);
  ajv.addSchema({ ...strict, $id: 'api' });
});
after(async () => {
  await open?.stop();
  await closed?.stop();
});

/** Lets objects have no property that is not described, so that what is left out of the description is found. */
function close(schema) {
  if (typeof schema !== 'object' || schema === null) return;
  if (schema.type === 'object' && schema.properties && !('additionalProperties' in schema)) schema.additionalProperties = false;
  for (const part of Object.values(schema)) close(part);
}

const pointer = (...parts) => `api#/${parts.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D')).join('/')}`;

function assertMatches(reference, value) {
  const validate = ajv.compile({ $ref: reference });
  assert.ok(validate(value), `${reference}: ${JSON.stringify(validate.errors?.slice(0, 3))} in ${JSON.stringify(value).slice(0, 300)}`);
}

test('the description is OpenAPI 3.1', async () => {
  const result = await new Validator().validate(api);
  assert.ok(result.valid, JSON.stringify(result.errors));
  assert.match(api.openapi, /^3\.1\./);
});

test('every reference in it leads somewhere, and every operation has its own answers', () => {
  for (const [path, operations] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      assert.ok(operation.responses['200'].content, `${method} ${path}`);
      for (const name of path.matchAll(/\{(\w+)\}/g))
        assert.ok(operation.parameters.some((one) => one.in === 'path' && one.name === name[1] && one.required), path);
      for (const content of Object.values(operation.responses['200'].content)) ajv.compile({ ...content.schema, $id: undefined, $ref: content.schema.$ref?.replace('#', 'api#') });
    }
  }
});

/** What is asked of each route beyond its path; those that are not here need nothing. */
const wanted = {
  'get /indexes/{uid}/search': '?q=river&facets=*&attributesToHighlight=title&attributesToCrop=body&showMatchesPosition=true&showRankingScore=true&showRankingScoreDetails=true&showPerformanceDetails=true&duplicates=show',
  'post /indexes/{uid}/search': { q: 'mercurry', page: 1, disjunctiveFacets: ['type'], filter: 'language = en' },
  'post /multi-search': { queries: [{ indexUid: 'seeds', q: 'river' }] },
  'get /indexes/{uid}/similar': '?id=rios.html',
  'post /indexes/{uid}/similar': { id: 'rios.html' },
  'post /indexes/{uid}/facet-search': { facetName: 'type', facetQuery: 'h' },
  'get /indexes/{uid}/suggest': '?q=riv',
  'get /indexes/{uid}/documents': '?filter=type+%3D+html&sort=',
  'post /indexes/{uid}/documents/fetch': { limit: 2 },
  'get /view': '?index=seeds&id=rios.html',
  'get /search': '?q=river&index=seeds',
  'get /opensearch.xml': '?index=seeds',
};
// Without a logo in the configuration there is none.
const absent = { '/logo': 404 };

test('every route answers as it is described', async () => {
  for (const [path, operations] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const name = `${method} ${path}`;
      const more = wanted[name] ?? '';
      const target = path.replace('{uid}', 'seeds').replace('{id}', 'rios.html') + (method === 'get' ? more : '');
      const options = method === 'get' ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(more) };
      const answer = await fetch(open.address + target, options);
      const text = await answer.text();
      if (method === 'post') assertMatches(pointer('paths', path, method, 'requestBody', 'content', 'application/json', 'schema'), more);
      assert.equal(answer.status, absent[path] ?? 200, `${name}: ${text}`);
      if (answer.status !== 200) continue;
      const [type] = Object.keys(operation.responses['200'].content);
      const sent = answer.headers.get('content-type').split(';')[0];
      assert.match(sent, new RegExp(`^${type.replace('*', '.*').replace('+', '\\+')}$`), name);
      if (sent === 'application/json') assertMatches(pointer('paths', path, method, 'responses', '200', 'content', sent, 'schema'), JSON.parse(text));
    }
  }
});

test('every error is as it is described', async () => {
  for (const target of ['/indexes/none/search', '/indexes/seeds/search?limit=x', '/nothing', '/indexes/seeds/documents/none', '/indexes/seeds/search?filter=%28']) {
    const answer = await fetch(open.address + target);
    assert.ok(answer.status >= 400, target);
    assertMatches('api#/components/schemas/Error', await answer.json());
  }
});

/** The indented blocks of the manual. */
const blocks = [...manual.matchAll(/(?<=\n\n)(?: {4}.*\n)+/g)].map(([block]) => block.replace(/^ {4}/gm, '').trim());
const commands = blocks.flatMap((block) => block.replaceAll(/\\\n\s*/g, ' ').split('\n')).concat(
  blocks.filter((block) => block.startsWith('curl') && block.includes('\n')).map((block) => block.replaceAll(/\\\n\s*/g, ' ')))
  .filter((line, at, all) => line.startsWith('curl ') && !line.includes('\n') && all.indexOf(line) === at);

describe('the manual', () => {
  test('has examples that are found here', () => assert.ok(commands.length >= 4, commands.join('\n')));

  for (const command of commands) {
    test(command.slice(0, 100), async () => {
      const with_key = command.includes('Bearer');
      const line = command.replace('http://127.0.0.1:7700', (with_key ? closed : open).address).replace('quipu_2f6c…', 'quipu_example');
      const { stdout } = await promisify(execFile)('bash', ['-c', `${line} --silent --show-error --fail`]);
      const answer = JSON.parse(stdout);
      assertMatches('api#/components/schemas/SearchAnswer', answer);
      assert.ok('hits' in answer);
      if (with_key) assert.equal((await fetch(closed.address + '/indexes/seeds/search?q=fuerza')).status, 401);
    });
  }

  test('tells paths with a query that can be asked', async () => {
    const paths = [...manual.matchAll(/`GET (\/\S+\?\S+)`/g)].map(([, path]) => path);
    assert.ok(paths.length >= 2, paths.join(' '));
    for (const path of paths) {
      const answer = await fetch(open.address + path.replace('{uid}', 'seeds'));
      assert.equal(answer.status, 200, `${path}: ${await answer.text()}`);
    }
  });

  test('tells requests and answers that are as described', async () => {
    // `…` stands for what is left out.
    const read = blocks.filter((block) => /^["{]/.test(block))
      .map((block) => JSON.parse((block.startsWith('{') ? block : `{${block}}`).replaceAll(', …,', ',')));
    const seen = { answers: 0, requests: 0, errors: 0, suggestions: 0, details: 0 };
    for (const value of read) {
      if (value.hits) {
        ++seen.answers;
        // A merged list has its own totals and no query.
        if (value.hits[0]._federation) for (const hit of value.hits) assertMatches('api#/components/schemas/Hit', hit);
        else assertMatches('api#/components/schemas/SearchAnswer', value);
      } else if (value.queries) {
        ++seen.requests;
        const answer = await post('/multi-search', value);
        assert.deepEqual(answer.results.map((one) => one.indexUid), value.queries.map((one) => one.indexUid));
        const merged = await post('/multi-search', { ...value, queries: value.queries.map(({ limit, ...query }) => query), federation: { offset: 0, limit: 20 } });
        assert.ok(Array.isArray(merged.hits));
      } else if (value.code) {
        ++seen.errors;
        assert.deepEqual(await (await fetch(open.address + '/indexes/foo/search')).json(), value);
      } else if (value.suggestions) {
        ++seen.suggestions;
        assertMatches('api#/components/schemas/Suggestions', value);
      } else if (value._rankingScoreDetails) {
        ++seen.details;
        const { score, terms } = value._rankingScoreDetails;
        assert.ok(Math.abs(terms.reduce((sum, term) => sum + term.score, 0) - score) < 1e-9);
        const { hits } = await (await fetch(open.address + '/indexes/seeds/search?q=the+river&showRankingScoreDetails=true')).json();
        const known = new Set(hits[0]._rankingScoreDetails.terms.flatMap((term) => Object.keys(term)));
        for (const term of terms) for (const name of Object.keys(term)) assert.ok(known.has(name), name);
      } else {
        assert.fail(`an example that is not run: ${JSON.stringify(value)}`);
      }
    }
    assert.deepEqual(seen, { answers: 2, requests: 1, errors: 1, suggestions: 1, details: 1 });
  });
});

async function post(path, body) {
  const answer = await fetch(open.address + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  assert.equal(answer.status, 200, await answer.clone().text());
  return answer.json();
}
