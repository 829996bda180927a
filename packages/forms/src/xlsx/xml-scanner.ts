/**
 * A streaming scanner for the XML of office documents: tags, their attributes as written, and texts. It knows no
 * document types (OOXML forbids them) and so no entity can be declared, let alone expanded.
 */

/** No tag or text of a workbook comes near it: a cell holds at most 32,767 characters. */
const LONGEST_TOKEN = 1_000_000;

export interface XmlEvents {
  /** Local name, without a prefix; `attributes` as written between the name and the bracket. */
  open(name: string, attributes: string): void;
  close(name: string): void;
  text(text: string): void;
}

export class XmlError extends Error {}

export class XmlScanner {
  private rest = '';

  constructor(private readonly events: XmlEvents) {}

  /** @throws XmlError */
  write(chunk: string): void {
    const text = this.rest + chunk;
    let position = 0;
    for (;;) {
      const bracket = text.indexOf('<', position);
      if (bracket < 0) break;
      const end = tokenEnd(text, bracket);
      if (end < 0) break;
      if (bracket > position) this.events.text(unescaped(text.slice(position, bracket)));
      this.token(text.slice(bracket, end));
      position = end;
    }
    this.rest = text.slice(position);
    if (this.rest.length > LONGEST_TOKEN) throw new XmlError('a tag or text is too long');
  }

  /** @throws XmlError where the document ends within a tag or text */
  end(): void {
    if (this.rest.trim() !== '') throw new XmlError('the document ends too early');
  }

  private token(token: string): void {
    if (token.startsWith('<![CDATA[')) this.events.text(token.slice(9, -3));
    else if (token.startsWith('<!--') || token.startsWith('<?')) return;
    else if (token.startsWith('<!')) throw new XmlError('a document type is not allowed');
    else if (token.startsWith('</')) this.events.close(localName(token.slice(2, -1).trim()));
    else this.tag(token);
  }

  private tag(token: string): void {
    const empty = token.endsWith('/>');
    const inner = token.slice(1, empty ? -2 : -1);
    const space = inner.search(/\s/);
    const name = localName(space < 0 ? inner : inner.slice(0, space));
    this.events.open(name, space < 0 ? '' : inner.slice(space));
    if (empty) this.events.close(name);
  }
}

/** Position after the token that starts at `start`, or -1 where it isn't complete. */
function tokenEnd(text: string, start: number): number {
  if (text.startsWith('<!--', start)) return after(text, '-->', start + 4);
  if (text.startsWith('<![CDATA[', start)) return after(text, ']]>', start + 9);
  if (text.startsWith('<?', start)) return after(text, '?>', start + 2);
  // The torn start of one of the above.
  if (text.length - start < 9 && text[start + 1] === '!') return -1;
  let position = start + 1;
  for (;;) {
    const end = text.indexOf('>', position);
    if (end < 0) return -1;
    const quote = firstQuote(text, position, end);
    if (quote < 0) return end + 1;
    const closing = text.indexOf(text[quote]!, quote + 1);
    if (closing < 0) return -1;
    position = closing + 1;
  }
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? -1 : at + mark.length;
}

function firstQuote(text: string, from: number, to: number): number {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22 || code === 0x27) return i;
  }
  return -1;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The attributes of a tag by local name: `r:id` is found as `id` where no plain `id` stands beside it. */
export function attributesOf(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  if (text === '') return attributes;
  for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE)) {
    attributes.set(localName(name), unescaped(double ?? single ?? ''));
  }
  return attributes;
}

/**
 * One attribute, for tags as plain as programs write them (`<c r="A1" s="2" t="s">`): five times as fast as all of
 * them. Anything unusual goes the long way.
 */
export function attributeOf(text: string, name: string): string | undefined {
  if (UNUSUAL.test(text)) return attributesOf(text).get(name);
  const start = text.indexOf(` ${name}="`);
  if (start < 0) return undefined;
  const from = start + name.length + 3;
  return text.slice(from, text.indexOf('"', from));
}

const UNUSUAL = /['&:\t\r\n]|\s=|=\s/;

const NAMED: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};
const REFERENCE = /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([a-z]{2,4}));/g;

function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(REFERENCE, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0x10ffff ? whole : String.fromCodePoint(code);
  });
}
