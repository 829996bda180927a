/** Server-sent events of one kind whose data are JSON (https://html.spec.whatwg.org/#server-sent-events). */
export async function* eventsIn<T>(response: Response, kind: string): AsyncGenerator<T> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes as Uint8Array, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const data = dataOf(text.slice(0, end), kind);
      text = text.slice(end + 2);
      if (data !== null) yield JSON.parse(data) as T;
    }
  }
}

/** Null: a comment, or an event of another kind. */
function dataOf(event: string, kind: string): string | null {
  const lines = event.split('\n');
  if (!lines.includes(`event: ${kind}`)) return null;
  return lines
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(5).trimStart())
    .join('\n');
}
