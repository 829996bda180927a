/** What the operator reads once everything runs: where it listens and what to try next. */

export function welcome(server: {
  readonly url: string;
  readonly workerUrl: string;
  readonly database: string;
  readonly redis: boolean;
}): string {
  const { url, workerUrl } = server;
  return [
    '',
    '碳效 Tanxiao 已就绪 · is ready',
    `  接口 API      ${url}/v1`,
    `  文档 docs     ${url}/docs`,
    `  数据库 data   ${server.database}`,
    `  队列 queue    ${server.redis ? 'BullMQ · Redis' : 'BullMQ · PostgreSQL'}`,
    `  指标 metrics  ${url}/metrics · ${workerUrl}/metrics`,
    '',
    '  接下来可以试 · try next (另开一个终端 in another terminal):',
    '    npm run demo                                   演示城市 · a made city, rated and published',
    `    curl ${url}/v1/rulebooks`,
    `    curl -OJ '${url}/v1/rulebooks/industrial-carbon-efficiency/template?format=xlsx'`,
    '',
    '  只在本机监听（账户功能完成之前）· listens on this machine only, until accounts exist',
    '  停止 stop: Ctrl-C',
    '',
  ].join('\n');
}
