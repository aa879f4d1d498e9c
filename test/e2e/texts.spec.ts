import { test } from '@playwright/test';
import { expect } from './expect';
import { cutTexts, pseudo, horizontalOverflow, untranslatedTexts } from './texts';

const DATA = { texts: ['annual report.docx', 'Bug', /#\d+ by \w+/], parts: '.inside' };

// These checks must find faults of the pages.
test('untranslatedTexts finds text without a translation anywhere @services-only', async ({ page }) => {
  await page.setContent(`
    <h1>[Áttáçhméñts ~ ~]</h1>
    <p>[Dröp fílés, ör <b>píçk sömé</b> ~ ~ ~] <i>Bug 7</i> #12 by somebody, 3,4 · Nov 3, 2026, 2:05 PM</p>
    <p title="[Tö ~]"><bdi class="file-name"><span>annual re</span><span>port.docx</span></bdi></p>
    <pre class="inside">Whatever a file says</pre><p hidden>Hidden</p>
  `);
  expect(await untranslatedTexts(page, DATA)).toEqual([]);
  await page.setContent(`
    <p class="bare">Plain</p>
    <p>[Ít ís plain ~ ~]</p>
    <p>12 KB</p>
    <p>annual report.docx is there</p>
    <button aria-label="Close">×</button>
    <img alt="Picture"><input placeholder="Search">
    <select title="[Whý ~]"><option>[Öñé ~]</option><option>Other</option></select>
    <bdi class="file-name"><span>strange.t</span><span>xt</span></bdi>
  `);
  expect(await untranslatedTexts(page, DATA)).toEqual([
    'button[aria-label]: Close',
    'img[alt]: Picture',
    'input[placeholder]: Search',
    'p.bare: Plain',
    'p: [Ít ís plain ~ ~]',
    'p: 12 KB',
    'p: annual report.docx is there',
    'option: Other',
    'span: strange.t',
    'span: xt',
  ]);
  await page.setContent('<p>[Hálf ~</p>');
  expect(await untranslatedTexts(page, DATA)).toEqual(['A message has lost a bracket of its own.']);
});

test('cutTexts finds cut-off text, but no scrolling or shortened text @services-only', async ({ page }) => {
  const long = 'A sentence that needs more room than this';
  const style = (rules: string): string => `style="width: 80px; white-space: nowrap; ${rules}"`;
  await page.setViewportSize({ width: 320, height: 600 });
  await page.setContent(`
    <p>${long}</p>
    <p ${style('overflow: auto')}>${long}</p>
    <p ${style('overflow: hidden')}>annual report.docx</p>
    <p class="inside" ${style('overflow: hidden')}>${long}</p>
    <p class="for-screen-readers" ${style('overflow: hidden')}>${long}</p>
    <input placeholder="Short"><input ${style('text-overflow: ellipsis')} placeholder="${long}" title="${long}">
  `);
  expect(await cutTexts(page, DATA)).toEqual([]);
  await page.setContent(`
    <p class="a" ${style('overflow: hidden')}>${long}</p>
    <p class="b" ${style('overflow: hidden; text-overflow: ellipsis')}><b>${long}</b></p>
    <p class="c" style="height: 12px; width: 80px; overflow: hidden">${long}</p>
    <p class="d" style="white-space: nowrap">${long}, and a good deal more than that</p>
    <p class="e" style="margin-left: -40px">${long}</p>
    <input class="f" style="width: 80px" placeholder="${long}">
    <select class="g" style="width: 80px"><option>${long}</option></select>
  `);
  const places = (await cutTexts(page, DATA)).map((text) => text.split(':')[0]);
  expect(places).toEqual(['p.a', 'b.', 'p.c', 'p.d', 'p.e', 'input.f', 'select.g']);
  expect(await horizontalOverflow(page)).toBeGreaterThan(0);
});

test('pseudo matches messages by their English text @services-only', () => {
  expect('[Détáíls öf a (1).txt ~ ~ ~]').toMatch(pseudo('Details of {name}', { name: 'a (1).txt' }));
  expect('[Détáíls öf a (1).txt ~ ~ ~]').not.toMatch(pseudo('Details of {name}', { name: 'a 1.txt' }));
  expect('[Áttáçh á földér… ~ ~]').toMatch(pseudo('Attach a folder…'));
  expect('[Áttáçh]').not.toMatch(pseudo('Attach files'));
});
