import type { TableLoad, Value } from './copy.ts';
import { openRandom } from './random.ts';
import { DEPARTMENTS } from './words/catalogue.ts';
import type { Shelf } from './words/department.ts';

/** A category of the lowest level, and where its products stand. */
export interface ShelfPlace {
  readonly shelf: Shelf;
  readonly brands: readonly string[];
  readonly categoryId: string;
  /** The category above it. */
  readonly aisleId: string;
}

/** The category tree: three levels, the same at every scale. */
export interface CategoryTree {
  readonly shelves: readonly ShelfPlace[];
  readonly loads: readonly TableLoad[];
}

/** Makes the category tree from the words of the departments. */
export function drawCategories(): CategoryTree {
  const random = openRandom('category id');
  const rows: Value[][] = [];
  const shelves: ShelfPlace[] = [];
  const add = (parentId: string | null, name: string, position: number) => {
    random.row(rows.length);
    const id = random.uuid();
    rows.push([id, parentId, name, slugOf(name), position * 10]);
    return id;
  };
  DEPARTMENTS.forEach((department, d) => {
    const departmentId = add(null, department.name, d);
    department.aisles.forEach((aisle, a) => {
      const aisleId = add(departmentId, aisle.name, a);
      aisle.shelves.forEach((shelf, s) => {
        const categoryId = add(aisleId, shelf.name, s);
        shelves.push({ shelf, brands: aisle.brands, categoryId, aisleId });
      });
    });
  });
  const columns = ['category_id', 'parent_id', 'cat_name', 'slug', 'sort_no'];
  return { shelves, loads: [{ table: 'categories', columns, rows: () => rows }] };
}

/** `Home & Kitchen` becomes `home-and-kitchen`. */
function slugOf(name: string): string {
  const words = name.toLowerCase().replaceAll('&', 'and');
  return words.replaceAll(/[^a-z0-9]+/g, '-');
}
