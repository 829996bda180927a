/** The OpenAPI document of all routes, without a server: for the client's generator and its test. */
import { routes } from '../routes';
import { openApiDocumentOf } from './openapi-document';

export function openApiDocument(): ReturnType<typeof openApiDocumentOf> {
  return openApiDocumentOf(routes);
}
