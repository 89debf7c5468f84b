import { Kind } from 'graphql';
import { isType } from '#schema/compose/schema-elements.ts';
import type { LintRule } from './lint-rule.ts';

const PASCAL = /^[A-Z][A-Za-z0-9]*$/;
const CAMEL = /^[a-z][A-Za-z0-9]*$/;
const SCREAMING = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/;
const VERBS = /^(?:get|list|fetch|find|retrieve|query)(?=[A-Z])/;
const AFFIX =
  /^(?:Type|Object|Interface|Enum|Union)(?=[A-Z])|(?<=[a-z])(?:Type|Object|Interface|Enum|Union)$/;

/** How things are called. */
export const NAMING_RULES = {
  'type-name-pascal-case': {
    severity: 'error',
    reason: 'Clients generate code from names: one style reads alike everywhere.',
    mend: 'Write the name like `OrderItem`.',
    check: (element) =>
      isType(element) && !PASCAL.test(element.name)
        ? `The type \`${element.path}\` is not in PascalCase.`
        : null,
  },
  'field-name-camel-case': {
    severity: 'error',
    reason: 'Fields are written in camelCase everywhere in GraphQL.',
    mend: 'Write the name like `orderItem`.',
    check: ({ node, name, path }) =>
      (node.kind === Kind.FIELD_DEFINITION || node.kind === Kind.INPUT_VALUE_DEFINITION) &&
      !path.endsWith(':)') &&
      !CAMEL.test(name)
        ? `The field \`${path}\` is not in camelCase.`
        : null,
  },
  'argument-name-camel-case': {
    severity: 'error',
    reason: 'Arguments are written in camelCase everywhere in GraphQL.',
    mend: 'Write the name like `orderId`.',
    check: ({ path, name }) =>
      path.endsWith(':)') && !CAMEL.test(name)
        ? `The argument \`${path}\` is not in camelCase.`
        : null,
  },
  'enum-value-screaming-case': {
    severity: 'error',
    reason: 'Values of enums are told from everything else by their capitals.',
    mend: 'Write the name like `IN_STOCK`.',
    check: ({ node, name, path }) =>
      node.kind === Kind.ENUM_VALUE_DEFINITION && !SCREAMING.test(name)
        ? `The value \`${path}\` is not in SCREAMING_SNAKE_CASE.`
        : null,
  },
  'directive-name-camel-case': {
    severity: 'error',
    reason: 'Directives are written in camelCase everywhere in GraphQL.',
    mend: 'Write the name like `@costOf`.',
    check: ({ node, path }) =>
      node.kind === Kind.DIRECTIVE_DEFINITION && !CAMEL.test(node.name.value)
        ? `The directive \`${path}\` is not in camelCase.`
        : null,
  },
  'type-name-affix': {
    severity: 'warning',
    reason: 'What kind of type it is, its definition says.',
    mend: 'Leave the word out.',
    check: (element) =>
      isType(element) && AFFIX.test(element.name)
        ? `The name of \`${element.path}\` says what kind of type it is.`
        : null,
  },
  'input-suffix': {
    severity: 'warning',
    reason:
      'An input and an output type of one thing need two names, and readers a way to tell them apart.',
    mend: 'End the name with `Input`, or add the ending to `inputSuffixes` in schema/policy.yaml.',
    check: (element, { policy }) =>
      element.node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION &&
      !policy.inputSuffixes.some((suffix) => element.name.endsWith(suffix))
        ? `The name of the input type \`${element.path}\` ends with none of ${policy.inputSuffixes.join(', ')}.`
        : null,
  },
  'query-verb': {
    severity: 'warning',
    reason: 'A query names what it gives; that it gets it goes without saying.',
    mend: 'Leave the verb out: `products`, not `getProducts`.',
    check: ({ holder, name, path }) =>
      holder === 'Query' && VERBS.test(name) ? `The name of \`${path}\` begins with a verb.` : null,
  },
} as const satisfies Record<string, LintRule>;
