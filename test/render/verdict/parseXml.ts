/** XML read as strictly as its standard: by the parser inside resvg, which takes it as part of a drawing, and then into a tree. */
import { Resvg } from '@resvg/resvg-js';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

const noFonts = { font: { loadSystemFonts: false } };
const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const pieces = /<(\/?)(\w[\w-]*)((?:\s+\w+="[^"]*")*)(\/?)>|([^<]+)/gu;

/** The document's element. Throws at the first thing that is not well-formed; takes no comments, sections or namespaces. */
export function parseXml(document: string): XmlElement {
  if (!document.startsWith(declaration)) throw new Error(`It begins with ${document.slice(0, 60)}.`);
  const body = document.slice(declaration.length);
  new Resvg(`<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">${body}</svg>`, noFonts);
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  let end = 0;
  for (const match of body.matchAll(pieces)) {
    if (match.index !== end) throw new Error(`Not read: ${body.slice(end, match.index)}`);
    end += match[0].length;
    const [, closing = '', name = '', attributes = '', isEmpty = '', text = ''] = match;
    const parent = open.at(-1);
    if (text !== '' && parent !== undefined) parent.text += plain(text);
    else if (closing !== '') open.pop();
    else {
      const element: XmlElement = { name, attributes: attributesOf(attributes), children: [], text: '' };
      parent?.children.push(element);
      if (isEmpty === '') open.push(element);
    }
  }
  const [element, ...others] = root.children;
  if (element === undefined || others.length > 0 || end !== body.length) throw new Error('Not one element.');
  return element;
}

function attributesOf(text: string): Record<string, string> {
  const found = [...text.matchAll(/(\w+)="([^"]*)"/gu)];
  // A reader makes blanks of what line feeds and tabs are not escaped.
  return Object.fromEntries(
    found.map(([, name = '', value = '']) => [name, plain(value.replaceAll(/\s/g, ' '))]),
  );
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function plain(text: string): string {
  return text.replaceAll(/&(#?)(\w+);/g, (_, isNumber, name) =>
    isNumber === '' ? (entities[name] ?? '') : String.fromCodePoint(Number(name)),
  );
}
