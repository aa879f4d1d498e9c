import type { Browser, Page } from '@playwright/test';
import { INVOICE, SALES_CHART, checkoutPage, productPage } from './sample-pages';

/** Files of the listing's pictures by their names: those of a bug in a small shop. */
export type Samples = Readonly<Record<string, Buffer>>;

const DESKTOP = { width: 960, height: 640 };
const PHONE = { width: 320, height: 560 };

/** Draws screenshots, a chart and a document in the browser, and writes the texts. */
export async function drawSamples(browser: Browser): Promise<Samples> {
  const page = await browser.newPage();
  const draw = async (html: string, viewport: { width: number; height: number }): Promise<Buffer> => {
    await page.setViewportSize(viewport);
    await page.setContent(html);
    return page.screenshot();
  };
  try {
    return {
      'checkout-before.png': await draw(checkoutPage('124.91', true), DESKTOP),
      'checkout-after.png': await draw(checkoutPage('124.92', false), DESKTOP),
      'products.png': await draw(productPage(4), DESKTOP),
      'products-phone.png': await draw(productPage(1), PHONE),
      'orders-per-day.png': await draw(SALES_CHART, { width: 800, height: 500 }),
      'invoice-2026-0417.pdf': await drawDocument(page, INVOICE),
      'checkout.log': Buffer.from(LOG),
      'rounding.csv': Buffer.from(TABLE),
      'cart.json': Buffer.from(CART),
      'steps.md': Buffer.from(STEPS),
      'total.ts': Buffer.from(CODE),
    };
  } finally {
    await page.close();
  }
}

async function drawDocument(page: Page, html: string): Promise<Buffer> {
  await page.setContent(html);
  return page.pdf({ format: 'A5', printBackground: true });
}

const LOG = Array.from({ length: 240 }, (_, index) => {
  const second = `2026-03-14T09:${String(10 + Math.floor(index / 60)).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}Z`;
  if (index === 12) return `${second} WARN  checkout total 124.91 differs from invoice 124.92`;
  const order = 41_000 + Math.floor(index / 3);
  return [
    `${second} INFO  cart ${order} has 3 items`,
    `${second} INFO  tax 19 % of 104.97 is 19.9443`,
    `${second} INFO  order ${order} paid by card`,
  ][index % 3]!;
}).join('\n');

const TABLE = [
  'item,net,tax,gross,rounded twice',
  'Tent,69.99,13.2981,83.29,83.28',
  'Mug,9.99,1.8981,11.89,11.89',
  'Backpack,24.99,4.7481,29.74,29.74',
  'Sum,104.97,19.9443,124.92,124.91',
].join('\n');

const CART = `{
  "order": 41007,
  "currency": "EUR",
  "items": [
    { "name": "Tent", "net": 69.99 },
    { "name": "Mug", "net": 9.99 },
    { "name": "Backpack", "net": 24.99 }
  ],
  "total": 124.91
}
`;

const STEPS = `# Steps

1. Put a tent, a mug and a backpack into the cart.
2. Open the checkout.
3. Compare **Total** with the invoice: one cent is missing.
`;

const CODE = `/** Sum with tax, rounded once. */
export function total(items: Item[]): number {
  const net = sum(items.map(({ price }) => price));
  return round(net * (1 + TAX));
}
`;
