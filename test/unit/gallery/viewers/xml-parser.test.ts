import fc from 'fast-check';
import { createXmlParser } from '../../../../src/gallery/viewers/xml-parser';

/** Parses pieces and returns the events, with consecutive texts joined. */
function eventsOf(...pieces: readonly string[]): readonly string[] {
  const events: string[] = [];
  const parser = createXmlParser(
    {
      open: (name, attributes) => {
        const list = Object.entries(attributes).map(([key, value]) => ` ${key}=${value}`);
        events.push(`<${name}${list.join('')}>`);
      },
      text: (text) => {
        const last = events.at(-1);
        if (last?.startsWith('"')) events[events.length - 1] = last + text;
        else events.push(`"${text}`);
      },
      close: (name) => void events.push(`</${name}>`),
    },
    10,
  );
  for (const piece of pieces) parser.write(piece);
  parser.end();
  return events;
}

describe('createXmlParser', () => {
  it('returns names without prefixes, attributes with them, and all texts', () => {
    expect(
      eventsOf(
        '<?xml version="1.0"?><w:p w:id="1&amp;2"><w:t>a&lt;b<![CDATA[<c>]]>&#x263a;</w:t><br/></w:p>',
      ),
    ).toEqual(['<p w:id=1&2>', '<t>', '"a<b<c>☺', '</t>', '<br>', '</br>', '</p>']);
  });

  it('returns the same for pieces with any boundaries', () => {
    const xml = '<a x="1&gt;"><!-- no --><b>one<c/>&amp;two</b><![CDATA[three]]></a>';
    fc.assert(
      fc.property(fc.array(fc.nat(xml.length), { maxLength: 6 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), xml.length];
        const pieces = places.slice(1).map((end, index) => xml.slice(places[index], end));
        expect(eventsOf(...pieces)).toEqual(eventsOf(xml));
      }),
    );
  });

  it('expands no entities but the five of XML', () => {
    const type = '<!DOCTYPE a [<!ENTITY x "expanded"><!ENTITY y SYSTEM "file:///etc/passwd">]>';
    expect(eventsOf(`${type}<a>&x;&y;&nbsp;&constructor;&#0;</a>`)).toEqual([
      '<a>',
      '"&x;&y;&nbsp;&constructor;&#0;',
      '</a>',
    ]);
  });

  it('shows an end tag without a start as text', () => {
    expect(eventsOf('<a>one</br>two<b/></a>')).toEqual(['<a>', '"one</br>two', '<b>', '</b>', '</a>']);
  });

  it('closes the elements of a document without its end', () => {
    expect(eventsOf('<a><b>text')).toEqual(['<a>', '<b>', '"text', '</b>', '</a>']);
    expect(eventsOf('<a><b at')).toEqual(['<a>', '</a>']);
  });

  it('skips text outside of the root element, of any length', () => {
    const log = 'log '.repeat(5_000);
    expect(eventsOf(log, '<a/>')).toEqual([]);
    expect(eventsOf('Report: <a>x</a> done. ', '<b/>', log, log)).toEqual([
      '<a>',
      '"x',
      '</a>',
      '<b>',
      '</b>',
    ]);
  });

  it('refuses a document that is nested too deeply or has too many errors', () => {
    const refusal = expect.objectContaining({ kind: 'too-many-parts' }) as unknown;
    expect(() => eventsOf('<a>'.repeat(11))).toThrow(refusal as Error);
    expect(() => eventsOf(`<a>${'</b>'.repeat(2_000)}`)).toThrow(refusal as Error);
  });
});
