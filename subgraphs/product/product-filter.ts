import { badUserInput } from '#platform/graph/errors.ts';
import { uuidArgument } from '#platform/graph/ids.ts';
import { searchText } from '#platform/graph/search-text.ts';
import { isStaff, type Identity } from '#platform/identity/identity.ts';
import type { ProductConditions } from './repository/product-pages.ts';
import type { ProductFilter } from './schema.generated.ts';

/**
 * The conditions that a filter means for a caller: what is off sale is listed for staff only.
 *
 * @throws BAD_USER_INPUT for values that no filter can have
 */
export function conditionsFrom(
  filter: ProductFilter | null | undefined,
  identity: Identity,
): ProductConditions {
  const { search, categoryId, minPrice, maxPrice, status } = filter ?? {};
  return {
    search: searchText('filter.search', search),
    categoryId: categoryId == null ? null : uuidArgument('filter.categoryId', categoryId),
    minPrice: priceLimit('filter.minPrice', minPrice),
    maxPrice: priceLimit('filter.maxPrice', maxPrice),
    status: isStaff(identity) ? (status ?? 'ACTIVE') : 'ACTIVE',
  };
}

function priceLimit(argument: string, amount: number | null | undefined): number | null {
  if (amount == null) return null;
  if (amount < 0) throw badUserInput(argument, 'must not be negative');
  return amount;
}
