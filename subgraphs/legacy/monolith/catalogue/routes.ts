import type { MonolithApp, MonolithDeps } from '../app.ts';
import { categoryRoutes } from './category-routes.ts';
import { productRoutes } from './product-routes.ts';

/** Products and categories. */
export async function catalogueRoutes(app: MonolithApp, deps: MonolithDeps): Promise<void> {
  productRoutes(app, deps);
  categoryRoutes(app, deps);
}
