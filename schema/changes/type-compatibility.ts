import { isListType, isNonNullType, isNamedType, type GraphQLType } from 'graphql';

/** Whether every value of `head` is also one of `base`: then those who read `base` can read `head`. */
export function isNarrower(base: GraphQLType, head: GraphQLType): boolean {
  if (isNonNullType(head)) {
    return isNarrower(isNonNullType(base) ? base.ofType : base, head.ofType);
  }
  if (isNonNullType(base)) return false;
  if (isListType(base)) return isListType(head) && isNarrower(base.ofType, head.ofType);
  return isNamedType(base) && isNamedType(head) && base.name === head.name;
}

/**
 * Whether every value and every variable that `base` takes, `head` takes too. A list takes a single item where it is
 * written out, but no variable of the type of the item: so a list in place of an item is not wider.
 */
export function isWider(base: GraphQLType, head: GraphQLType): boolean {
  return isNarrower(head, base);
}
