/** Products of the shop, each with a drawing of 120 × 90. */
const PRODUCTS = [
  [
    'Tent',
    '69.99',
    '#d6ead9',
    '<path d="M14 74 60 16l46 58z" fill="#2f7d4f"/><path d="M60 16 48 74h24z" fill="#1d5a38"/>',
  ],
  [
    'Mug',
    '9.99',
    '#fbe3cf',
    '<rect x="34" y="26" width="44" height="48" rx="6" fill="#c4551a"/><path d="M78 36h10a8 8 0 0 1 8 8v6a8 8 0 0 1-8 8H78" fill="none" stroke="#c4551a" stroke-width="6"/>',
  ],
  [
    'Backpack',
    '24.99',
    '#dbe4f6',
    '<rect x="34" y="22" width="52" height="56" rx="16" fill="#2b579a"/><rect x="42" y="48" width="36" height="22" rx="6" fill="#1c3d6e"/><path d="M48 22a12 12 0 0 1 24 0" fill="none" stroke="#1c3d6e" stroke-width="5"/>',
  ],
  [
    'Lantern',
    '34.50',
    '#f7efc4',
    '<rect x="44" y="30" width="32" height="40" rx="6" fill="#e0a800"/><rect x="40" y="70" width="40" height="8" rx="3" fill="#5c4a00"/><path d="M48 30a12 14 0 0 1 24 0" fill="none" stroke="#5c4a00" stroke-width="5"/>',
  ],
  [
    'Map',
    '12.00',
    '#e6dcf2',
    '<path d="m22 26 24-8 28 8 24-8v48l-24 8-28-8-24 8z" fill="#7a5ab5"/><path d="M46 18v48m28-40v48" stroke="#e6dcf2" stroke-width="3"/>',
  ],
  [
    'Boots',
    '89.00',
    '#f3d9d9',
    '<path d="M36 18h22v30l34 12v16H36z" fill="#8c2f39"/><rect x="34" y="74" width="60" height="7" rx="3" fill="#541a21"/>',
  ],
] as const;

const STYLE = `
  * { box-sizing: border-box; margin: 0 }
  body { font: 16px 'Segoe UI', 'Liberation Sans', sans-serif; color: #1f2a2e; background: #f6f5f1 }
  header { display: flex; gap: 28px; align-items: center; padding: 16px 28px; background: #17362b; color: #fff }
  header b { font-size: 20px; margin-right: auto }
  h1 { font-size: 26px; margin: 24px 28px 16px }
  .grid { display: grid; gap: 18px; padding: 0 28px }
  .card { background: #fff; border-radius: 10px; overflow: hidden; box-shadow: 0 1px 4px #0002 }
  .card svg { display: block; width: 100%; height: 150px }
  .card p { display: flex; justify-content: space-between; padding: 12px 14px }
  button { border: 0; border-radius: 6px; padding: 12px 22px; background: #2f7d4f; color: #fff; font: inherit }
  table { border-collapse: collapse; width: 100% }
  td, th { padding: 10px 0; text-align: left; border-bottom: 1px solid #e4e1d8 }
  td:last-child, th:last-child { text-align: right }
`;

const HEADER =
  '<header><b>Fernweg Outdoor</b><span>Shop</span><span>Orders</span><span>Cart (3)</span></header>';

const drawing = (background: string, shapes: string): string =>
  `<svg viewBox="0 0 120 90" preserveAspectRatio="xMidYMid slice"><rect width="120" height="90" fill="${background}"/>${shapes}</svg>`;

const pageOf = (body: string, style = ''): string =>
  `<!doctype html><style>${STYLE}${style}</style><body>${body}</body>`;

/** The list of products. */
export function productPage(columns: number): string {
  const cards = PRODUCTS.map(
    ([name, price, background, shapes]) =>
      `<div class="card">${drawing(background, shapes)}<p><span>${name}</span><b>€${price}</b></p></div>`,
  );
  return pageOf(
    `${HEADER}<h1>For your next trip</h1><div class="grid">${cards.join('')}</div>`,
    `.grid { grid-template-columns: repeat(${Math.min(columns, 3)}, 1fr) }`,
  );
}

/** The checkout with a total, which can be marked as wrong. */
export function checkoutPage(total: string, isWrong: boolean): string {
  const rows = PRODUCTS.slice(0, 3).map(([name, price]) => `<tr><td>${name}</td><td>€${price}</td></tr>`);
  const mark = isWrong ? 'outline: 4px solid #c50f1f; outline-offset: 6px; border-radius: 4px' : '';
  return pageOf(
    `${HEADER}<h1>Checkout</h1>
     <div class="two">
       <div class="card"><table>${rows.join('')}
         <tr><td>Tax (19%)</td><td>€19.94</td></tr>
         <tr><th>Total</th><th><span style="${mark}">€${total}</span></th></tr></table></div>
       <div class="card"><b>Delivery</b><p>Anna Berg<br>Seeweg 4<br>6900 Bregenz</p><button>Pay now</button></div>
     </div>`,
    '.two { display: grid; grid-template-columns: 3fr 2fr; gap: 20px; padding: 0 28px } .two .card { padding: 20px 24px } .two .card p { padding: 12px 0 20px }',
  );
}

/** A chart of orders. */
export const SALES_CHART = (() => {
  const days = [42, 51, 47, 63, 78, 96, 88, 45, 55, 52, 70, 84, 103, 91];
  const bars = days.map((orders, day) => {
    const fill = day % 7 >= 5 ? '#2f7d4f' : '#7fb795';
    return `<rect x="${64 + day * 51}" y="${420 - orders * 3.2}" width="34" height="${orders * 3.2}" rx="4" fill="${fill}"/>
      <text x="${81 + day * 51}" y="446" text-anchor="middle">${day + 1}</text>`;
  });
  const lines = [0, 25, 50, 75, 100].map(
    (orders) =>
      `<path d="M52 ${420 - orders * 3.2}H780" stroke="#e4e1d8"/><text x="44" y="${425 - orders * 3.2}" text-anchor="end">${orders}</text>`,
  );
  return `<!doctype html><style>body { margin: 0 } text { font: 14px 'Segoe UI', 'Liberation Sans', sans-serif; fill: #4a5558 }</style>
    <svg width="800" height="500"><rect width="800" height="500" fill="#fff"/>
    <text x="52" y="40" style="font-size: 22px; fill: #1f2a2e">Orders per day, March 2026</text>
    ${lines.join('')}${bars.join('')}<text x="416" y="480" text-anchor="middle">Day</text></svg>`;
})();

/** An invoice on one page. */
export const INVOICE = `<!doctype html><style>
  body { font: 12px 'Segoe UI', 'Liberation Sans', sans-serif; color: #1f2a2e; margin: 0 }
  header { background: #17362b; color: #fff; padding: 18px 24px; font-size: 20px; font-weight: bold }
  main { padding: 24px }
  h1 { font-size: 18px; margin: 26px 0 4px }
  table { width: 100%; border-collapse: collapse; margin-top: 20px }
  td, th { text-align: right; padding: 7px 0; border-bottom: 1px solid #d8d5cb }
  td:first-child, th:first-child { text-align: left }
  .total { font-size: 15px; font-weight: bold }
</style><header>Fernweg Outdoor</header><main>
  <p>Anna Berg<br>Seeweg 4<br>6900 Bregenz</p>
  <h1>Invoice 2026-0417</h1><p>14 March 2026 · Order 41007</p>
  <table><tr><th>Item</th><th>Quantity</th><th>Net</th></tr>
    <tr><td>Tent</td><td>1</td><td>€69.99</td></tr><tr><td>Mug</td><td>1</td><td>€9.99</td></tr>
    <tr><td>Backpack</td><td>1</td><td>€24.99</td></tr><tr><td>Tax (19%)</td><td></td><td>€19.95</td></tr>
    <tr class="total"><td>Total</td><td></td><td>€124.92</td></tr></table>
  <p style="margin-top: 24px">Thank you for your order. Please pay within 14 days.</p></main>`;
