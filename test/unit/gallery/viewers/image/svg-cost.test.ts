/** @jest-environment jsdom */
import '../../../../helpers/browser-parts';
import { svgCost } from '../../../../../src/gallery/viewers/image/svg-cost';

const NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';

function svg(content: string, attributes = ''): string {
  return `<svg ${NAMESPACES} width="100" height="100" ${attributes}>${content}</svg>`;
}

/** Levels of elements, each of which refers ten times to the level below. */
function bomb(level: (id: number, shapes: string) => string, reference: (id: number) => string): string {
  const levels = Array.from({ length: 8 }, (_, id) =>
    level(id, (id > 0 ? reference(id - 1) : '<rect/>').repeat(10)),
  );
  return `<defs>${levels.join('')}</defs>${reference(7)}`;
}

/** 90,000 shapes by 300 references. */
const MANY = `<g id="many">${'<rect/>'.repeat(300)}</g>${'<use href="#many"/>'.repeat(300)}`;

const BOMBS: Readonly<Record<string, string>> = {
  use: bomb(
    (id, shapes) => `<g id="l${id}">${shapes}</g>`,
    (id) => `<use href="#l${id}"/>`,
  ),
  'use with xlink': bomb(
    (id, shapes) => `<g id="l${id}">${shapes}</g>`,
    (id) => `<use xlink:href="#l${id}"/>`,
  ),
  symbol: bomb(
    (id, shapes) => `<symbol id="l${id}">${shapes}</symbol>`,
    (id) => `<use href="#l${id}"/>`,
  ),
  pattern: bomb(
    (id, shapes) => `<pattern id="l${id}" width="9" height="9">${shapes}</pattern>`,
    (id) => `<rect fill="url(#l${id})"/>`,
  ),
  'pattern of a stroke in quotes': bomb(
    (id, shapes) => `<pattern id="l${id}" width="9" height="9">${shapes}</pattern>`,
    (id) => `<rect style="stroke: url('#l${id}')"/>`,
  ),
  'inherited pattern': bomb(
    (id, shapes) => `<pattern id="l${id}" width="9" height="9">${shapes}</pattern>`,
    (id) => `<g fill="url(#l${id})">${'<rect/>'.repeat(10)}</g>`,
  ),
  'pattern inherited from around it': `<g fill="url(#b)"><pattern id="a" width="9" height="9">${'<rect/>'.repeat(300)}</pattern></g>
    <pattern id="b" width="9" height="9">${'<rect fill="red"/>'.repeat(300)}</pattern><rect fill="url(#a)"/>`,
  mask: bomb(
    (id, shapes) => `<mask id="l${id}">${shapes}</mask>`,
    (id) => `<rect mask="url(#l${id})"/>`,
  ),
  'clip path': bomb(
    (id, shapes) => `<clipPath id="l${id}">${shapes}</clipPath>`,
    (id) => `<rect clip-path="url(#l${id})"/>`,
  ),
  marker: bomb(
    (id, shapes) => `<marker id="l${id}">${shapes}</marker>`,
    (id) => `<path d="M0 0 L9 9" marker-end="url(#l${id})"/>`,
  ),
  'marker of many vertices': `<marker id="m">${'<rect/>'.repeat(10)}</marker><path d="M0 0${'L1 1'.repeat(6_000)}" marker-mid="url(#m)"/>`,
  'image of a filter': `<filter id="f"><feImage href="#g"/></filter><g id="g">${'<rect/>'.repeat(300)}</g>${'<rect filter="url(#f)"/>'.repeat(300)}`,
  'style sheet': `<style>${Array.from({ length: 8 }, (_, id) => `.c${id}{fill:url(#l${id})}`).join(' ')}</style>${bomb(
    (id, shapes) => `<pattern id="l${id}" width="9" height="9">${shapes}</pattern>`,
    (id) => `<rect class="c${id}"/>`,
  )}`,
  'nested rule':
    '<style>g{color:red; rect{fill:url(#p)}}</style><pattern id="p"><rect/></pattern><g><rect/></g>',
  'key frames': '<style>@keyframes k{from{fill:url(#p)}}</style><pattern id="p"><rect/></pattern><rect/>',
  'escaped style': '<pattern id="p"><rect/></pattern><rect style="fill:u\\72l(\\23 p)"/>',
  'escaped attribute': '<pattern id="p"><rect/></pattern><rect fill="url(\\23 p)"/>',
  'line end in an address': MANY.replaceAll('"#', '"#&#10;'),
  cycle: '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
  'pattern of itself': '<pattern id="p"><rect fill="url(#p)"/></pattern><rect fill="url(#p)"/>',
  'expensive filters': `<filter id="f"><feTurbulence numOctaves="99"/></filter>${'<rect filter="url(#f)"/>'.repeat(9)}`,
  'filter functions': '<rect style="filter: blur(9px) blur(9px)"/>'.repeat(200),
  'endless dashes': '<path d="M0 0L9 9" stroke-dasharray="0.0001"/>'.repeat(20),
  'animated reference': '<use href="#a"><animate attributeName="href" values="#a;#b"/></use>',
  'animated paint': '<rect><set attributeName="fill" to="url(#p)"/></rect>',
  'SVG in SVG': `<image href="data:image/svg+xml;base64,${btoa(svg(MANY))}"/>`,
  'SVG in a style': '<rect style="cursor: url(data:image/svg+xml,%3Csvg/%3E)"/>',
  'SVG in SVG, with a line end in its address': `<image href="data:image/s&#10;vg+xml;base64,${btoa(svg(MANY))}"/>`,
  'path of five megabytes': `<path d="M0 0${'L1 1'.repeat(1_300_000)}"/>`,
  'deep nesting': `${'<g>'.repeat(600)}${'</g>'.repeat(600)}`,
};

describe('svgCost', () => {
  it.each(Object.keys(BOMBS))('counts a bomb of the kind “%s” above the limit', (kind) => {
    expect(svgCost(svg(BOMBS[kind] ?? ''))).toBeGreaterThan(50_000);
  });

  it('counts a bomb of entities above the limit', () => {
    const entities = '<!DOCTYPE svg [<!ENTITY a "<rect/>"><!ENTITY b "&a;&a;&a;">]>';
    expect(svgCost(`${entities}${svg('&b;')}`)).toBeGreaterThan(50_000);
  });

  it.each<readonly [string, string, number]>([
    ['an icon', '<path d="M0 0h24v24H0z"/><circle r="3"/>', 10],
    [
      'a diagram with arrows',
      `<marker id="m"><path d="M0 0L9 3L0 6z"/></marker>${'<g class="edge"><path d="M0 0L50 50C9 9 9 9 9 9" marker-end="url(#m)" fill="none"/><text>label</text></g>'.repeat(1_000)}`,
      20_000,
    ],
    [
      'a drawing with gradients and a shadow',
      `<linearGradient id="l"><stop/><stop/></linearGradient><filter id="f"><feGaussianBlur/><feOffset/><feMerge/></filter><g fill="url(#l)">${'<path d="M0 0h1"/>'.repeat(2_000)}</g><g filter="url(#f)"><rect/></g>`,
      10_000,
    ],
    [
      'a mask and a clip path of a design tool',
      '<mask id="m"><use href="#p"/></mask><path id="p"/><g mask="url(#m)"><rect/><g clip-path="url(#c)"><rect/></g></g><clipPath id="c"><rect/></clipPath>',
      50,
    ],
    [
      'an exported style sheet',
      '<style>/* a */ .a{fill:#123;stroke:url(#l)} @media print {.b{fill:none}}</style><linearGradient id="l"/><rect class="a"/><rect class="b"/>',
      10,
    ],
    ['an embedded icon', `<image href="data:image/svg+xml;base64,${btoa(svg('<rect/>'))}"/>`, 10],
    ['a link to its own top', '<a href="#top"><text>up</text></a>', 10],
    ['declared names', '<rect fill="&color;"/>', 10],
  ])('counts %s below the limit', (_name, content, most) => {
    const declared = content.includes('&color;') ? '<!DOCTYPE svg [<!ENTITY color "red">]>' : '';
    const cost = svgCost(`${declared}${svg(content, 'id="top"')}`);
    expect(cost).toBeGreaterThan(0);
    expect(cost).toBeLessThanOrEqual(most);
  });

  it('parses no event handler, because the policy of the page would report it', () => {
    const parseFromString = jest.spyOn(DOMParser.prototype, 'parseFromString');
    expect(svgCost(svg('<rect/>', 'onload="hacked = true" onclick ="x"'))).toBe(2);
    expect(parseFromString.mock.calls[0]?.[0]).not.toMatch(/\son/);
    parseFromString.mockRestore();
  });

  it.each([['no markup at all'], ['<html xmlns="http://www.w3.org/1999/xhtml"/>'], [svg('<g>')]])(
    'recognizes %s as no SVG',
    (text) => {
      expect(svgCost(text)).toBeUndefined();
    },
  );
});
