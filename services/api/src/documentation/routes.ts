/** The index, the OpenAPI document and the reference page, all from this process alone. */
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

import { ProblemError } from '@tanxiao/contracts';
import absolutePath from 'swagger-ui-dist/absolute-path';
import { z } from 'zod';

import { answerDocument, answerJson, chosenType } from '../http/answers';
import { JSON_TYPE, type Route, route } from '../http/route';
import { API_VERSION, openApiDocumentOf } from './openapi-document';

const TAG = 'Documentation';
const HTML_TYPE = 'text/html; charset=utf-8';

/** The reference page's files, and the only ones served from the package. */
const ASSETS: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};
/** Ours: a script of its own file, so that the page needs no inline script. */
const START_SCRIPT = `window.ui = SwaggerUIBundle({ url: '/openapi.json', dom_id: '#reference', deepLinking: true, validatorUrl: null });\n`;

const PAGE = `<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8">
<title>碳效 Tanxiao API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="icon" href="/docs/favicon-32x32.png">
</head>
<body>
<div id="reference"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const INDEX = {
  name: 'Tanxiao API 碳效',
  version: API_VERSION,
  links: {
    docs: '/docs',
    openapi: '/openapi.json',
    rulebooks: '/v1/rulebooks',
    ready: '/health/ready',
  },
};

const INDEX_PAGE = `<!doctype html>
<html lang="zh">
<head><meta charset="utf-8"><title>碳效 Tanxiao</title></head>
<body>
<h1>碳效 Tanxiao ${API_VERSION}</h1>
<ul>
<li><a href="/docs">接口文档 API reference</a></li>
<li><a href="/v1/rulebooks">评价规范 Rulebooks</a></li>
<li><a href="/health/ready">运行状态 Health</a></li>
</ul>
</body>
</html>
`;

/** `allRoutes` is asked for only when a request comes: the table holds these routes too. */
export function documentationRoutes(allRoutes: () => readonly Route[]): Route[] {
  let document: string | null = null;
  const openApi = (): string => (document ??= JSON.stringify(openApiDocumentOf(allRoutes())));
  return [
    route({
      method: 'get',
      url: '/',
      tag: TAG,
      operationId: 'getIndex',
      summary: 'Where everything is',
      responses: {
        200: {
          description: 'Links',
          content: {
            [JSON_TYPE]: z.object({
              name: z.string(),
              version: z.string(),
              links: z.record(z.string(), z.string()),
            }),
            'text/html': null,
          },
        },
      },
      problems: ['not-acceptable'],
      handle(call) {
        if (chosenType(call, [JSON_TYPE, 'text/html']) === JSON_TYPE) answerJson(call, 200, INDEX);
        else answerDocument(call, { type: HTML_TYPE, body: INDEX_PAGE });
        return Promise.resolve();
      },
    }),
    route({
      method: 'get',
      url: '/openapi.json',
      tag: TAG,
      operationId: 'getOpenApi',
      summary: 'This document',
      responses: {
        200: { description: 'OpenAPI 3.1', content: { [JSON_TYPE]: z.looseObject({}) } },
      },
      handle(call) {
        answerDocument(call, { type: JSON_TYPE, body: openApi() });
        return Promise.resolve();
      },
    }),
    route({
      method: 'get',
      url: '/docs',
      tag: TAG,
      operationId: 'getDocs',
      summary: 'The reference page',
      responses: { 200: { description: 'A page', content: { 'text/html': null } } },
      handle(call) {
        answerDocument(call, { type: HTML_TYPE, body: PAGE });
        return Promise.resolve();
      },
    }),
    route({
      method: 'get',
      url: '/docs/{file}',
      tag: TAG,
      operationId: 'getDocsFile',
      summary: 'A file of the reference page',
      path: z.object({ file: z.string().max(100) }),
      responses: { 200: { description: 'The file', content: { 'text/css': null } } },
      problems: ['not-found'],
      async handle(call) {
        const { file } = call.path;
        if (file === 'start.js') {
          answerDocument(call, { type: 'text/javascript; charset=utf-8', body: START_SCRIPT });
          return;
        }
        const type = Object.hasOwn(ASSETS, file) ? ASSETS[file] : undefined;
        if (type === undefined) throw new ProblemError('not-found', { what: `/docs/${file}` });
        call.response.set('cache-control', 'public, max-age=3600').type(type);
        await pipeline(createReadStream(path.join(absolutePath(), file)), call.response);
      },
    }),
  ];
}
