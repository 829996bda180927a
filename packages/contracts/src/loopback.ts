/**
 * Until accounts exist, only this machine is served. Listening on loopback keeps other machines out; a web page that a
 * browser on this machine happens to show could still send requests here (directly, or by a name of its own that
 * resolves to 127.0.0.1), so the Host must be a loopback name and the Origin, if any, the same.
 */
import { ProblemError } from './problem';

/** Whether a host name, without port, can only mean this machine. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return name === 'localhost' || name === '::1' || /^127(?:\.\d{1,3}){3}$/.test(name);
}

/** @throws ProblemError `not-this-host` by a request's headers */
export function assertThisMachine(headers: {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
}): void {
  const { host = '', origin } = headers;
  if (!isLoopback(host.replace(/:\d+$/, ''))) {
    throw new ProblemError('not-this-host', {
      reasonZh: '在账户功能完成之前，本服务只接受以 127.0.0.1、[::1] 或 localhost 访问的请求',
      reasonEn:
        'until accounts exist this service answers to 127.0.0.1, [::1] or localhost only; use one of them in the address',
    });
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    throw new ProblemError('not-this-host', {
      reasonZh: '不接受其他网站的页面发来的请求',
      reasonEn: 'requests from pages of other sites are refused',
    });
  }
}
