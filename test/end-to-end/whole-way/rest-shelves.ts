import type { Door } from './door.ts';
import { centsOf, dollars, NOT_FOUND, type Answer, type Send } from './rest-request.ts';

const categoryOf = ({ category_id: id, cat_name: name, slug }: Answer) => ({ id, name, slug });

/** Products and categories. */
export function restCatalogue(send: Send) {
  return {
    createCategory: async (token, cat_name, slug) =>
      categoryOf((await send('POST /api/categories', { token, body: { cat_name, slug } })).body),
    renameCategory: async (token, id, cat_name) =>
      categoryOf((await send(`PATCH /api/categories/${id}`, { token, body: { cat_name } })).body),
    category: async (slug) => {
      const { status, body } = await send(`GET /api/categories/by-slug/${slug}`, {
        refusals: NOT_FOUND,
      });
      return status === 404 ? null : categoryOf(body);
    },
    createProduct: async (token, sku, product_name, cents) => {
      const body = { sku, product_name, unit_price: dollars(cents) };
      return (await send('POST /api/products', { token, body })).body.product_id;
    },
    changeProduct: async (token, id, { name, cents }) => {
      const body = { product_name: name, unit_price: dollars(cents) };
      await send(`PATCH /api/products/${id}`, { token, body });
    },
    archiveProduct: async (token, id) => {
      await send(`POST /api/products/${id}/archive`, { token });
    },
    product: async (token, id) => {
      const { status, body } = await send(`GET /api/products/${id}`, {
        token,
        refusals: NOT_FOUND,
      });
      if (status === 404) return null;
      const asked = await send('POST /api/stock/available', { body: { product_ids: [id] } });
      const { sku, product_name: name, unit_price, discontinued } = body;
      const available = asked.body.items[0]?.qty_available ?? 0;
      return { id, sku, name, cents: centsOf(unit_price), onSale: !discontinued, available };
    },
    productOfSku: async (token, sku) => {
      const { body } = await send(`GET /api/products/by-sku/${sku}`, {
        token,
        refusals: NOT_FOUND,
      });
      return body.product_id ?? null;
    },
    browse: async () => {
      const { body } = await send('GET /api/products?limit=5');
      await send('GET /api/categories?root=true');
      return {
        total: body.total,
        items: body.items.map(({ product_id: id }: Answer) => ({ id })),
      };
    },
  } satisfies Partial<Door>;
}

/** Warehouses and what is in them. */
export function restStock(send: Send) {
  return {
    warehouses: async (token) =>
      (await send('GET /api/warehouses', { token })).body.items.map(
        ({ warehouse_id }: Answer) => warehouse_id,
      ),
    receive: async (token, product_id, warehouse_id, qty) =>
      (await send('POST /api/stock/receive', { token, body: { product_id, warehouse_id, qty } }))
        .body.qty_on_hand,
    adjust: async (token, product_id, warehouse_id, delta) => {
      const body = { product_id, warehouse_id, delta, note: 'counted' };
      return (await send('POST /api/stock/adjust', { token, body })).body.qty_on_hand;
    },
  } satisfies Partial<Door>;
}
