import { randomUUID } from 'node:crypto';
import type { Actor, Setting } from './actor.ts';
import type { Category, Door, Product, Session } from './door.ts';
import { expectEqual } from './findings.ts';

/** Products after which the first is taken off sale. */
const SHELF = 4;

/**
 * Runs the shop: creates products and categories, changes them, counts and receives stock. Now and then orders a piece with an
 * account of its own, at the price that it has just set.
 */
export async function keeper({ name, door, demo, findings }: Setting): Promise<Actor> {
  const clerk = demo('staff');
  const { accessToken: staff } = (await door.login(clerk.email, clerk.password)) as Session;
  const customer = await door.register(`${name}@whole-way.example`, 'first-password', name);
  const [warehouse] = (await door.warehouses(staff)) as [string];
  const products: Product[] = [];
  const categories: Category[] = [];
  let round = 0;

  async function expectProduct(product: Product): Promise<void> {
    expectEqual('a product', await door.product(staff, product.id), product);
  }

  async function create(): Promise<void> {
    const sku = `${name}-${round}`.toUpperCase();
    const shown = `Set ${name} ${round}`;
    const id = await door.createProduct(staff, sku, shown, 500 + round);
    const product = { id, sku, name: shown, cents: 500 + round, onSale: true, available: 0 };
    products.push(product);
    await expectProduct(product);
    expectEqual('by its SKU', await door.productOfSku(staff, sku), id);
    const slug = `${name}-${round}`.toLowerCase();
    const category = await door.createCategory(staff, shown, slug);
    expectEqual('a new category', category, { id: category.id, name: shown, slug });
    categories.push(category);
    expectEqual('by its slug', await door.category(slug), category);
  }

  async function change(index: number): Promise<Product> {
    const before = products[index] as Product;
    const next = { name: `Set ${name} ${round} changed`, cents: before.cents + 7 };
    await door.changeProduct(staff, before.id, next);
    const product = { ...before, ...next };
    products[index] = product;
    await expectProduct(product);
    const category = { ...(categories[index] as Category), name: next.name };
    categories[index] = category;
    expectEqual(
      'a renamed category',
      await door.renameCategory(staff, category.id, category.name),
      category,
    );
    expectEqual('a category', await door.category(category.slug), category);
    return product;
  }

  async function count(index: number): Promise<void> {
    let product = products[index] as Product;
    for (const delta of [9, -3]) {
      const onHand =
        delta > 0
          ? await door.receive(staff, product.id, warehouse, delta)
          : await door.adjust(staff, product.id, warehouse, delta);
      product = { ...product, available: product.available + delta };
      products[index] = product;
      expectEqual('on hand', onHand, product.available);
      await expectProduct(product);
    }
  }

  /** A price counts from the moment when it was acknowledged, whoever orders. */
  async function buyOne(product: Product): Promise<void> {
    const { accessToken } = customer;
    const order = await door.place(accessToken, randomUUID(), product.id, 1);
    const items = [{ productId: product.id, quantity: 1 }];
    expectEqual('ordered at the new price', order, {
      id: order === 'out of stock' ? order : order.id,
      status: 'PLACED',
      cents: product.cents,
      items,
    });
    if (order === 'out of stock') return;
    await door.take(accessToken, order.id, 'cancel');
  }

  return {
    async act() {
      await create();
      const index = products.length - 1;
      await count(index);
      await buyOne(await change(index));
      if (products.length > SHELF) {
        const gone = products[index - SHELF] as Product;
        if (gone.onSale) {
          await door.archiveProduct(staff, gone.id);
          products[index - SHELF] = { ...gone, onSale: false };
          await expectProduct(products[index - SHELF] as Product);
        }
      }
      round += 1;
      findings.did(`${door.name}: shop keeping`);
    },
    async review(by: Door) {
      for (const product of products) {
        expectEqual('a product at the end', await by.product(staff, product.id), product);
        expectEqual('by its SKU', await by.productOfSku(staff, product.sku), product.id);
      }
      for (const category of categories) {
        expectEqual('a category at the end', await by.category(category.slug), category);
      }
    },
  };
}
