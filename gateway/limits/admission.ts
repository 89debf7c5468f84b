import type {
  ApolloServerPlugin,
  BaseContext,
  GraphQLRequest,
  GraphQLRequestListener,
} from '@apollo/server';
import { parse, type DocumentNode, type GraphQLError } from 'graphql';
import type { Limits } from './config.ts';
import { costLimit } from './cost/cost-limit.ts';
import { exceededLimit, unreadable, variablesTooDeep } from './document-limits.ts';
import { notSafelisted, type Safelist } from './safelist.ts';

export interface AdmissionOptions {
  readonly limits: Pick<Limits, 'document' | 'cost'>;
  /** null: whatever is valid is answered. */
  readonly safelist: Safelist | null;
}

/**
 * Refuses operations that exceed a limit, or that are not on the safelist: before they are validated, for validation
 * takes long where a document is made to take long.
 *
 * Apollo Server lets no plugin end a request between reading and validating. So a refused document is exchanged for
 * one that is valid, and the operation refused when it is resolved. Apollo Server keeps the exchanged document in place
 * of the refused one, so that the same text is refused without being read again.
 */
export function admission({ limits, safelist }: AdmissionOptions): ApolloServerPlugin {
  const costs = costLimit(limits.cost);
  /** Why a request is refused, or the document that stands for a refused one. */
  const refusals = new WeakMap<object, GraphQLError>();

  const exceeded = (document: DocumentNode): GraphQLError | null =>
    exceededLimit(document, limits.document) ??
    (safelist && !safelist.has(document) ? notSafelisted(null) : null);

  const listener: GraphQLRequestListener<BaseContext> = {
    async parsingDidStart(context) {
      return async (error) => {
        const refusal = error && unreadable(context.source, error, limits.document);
        if (refusal) refusals.set(context, refusal);
      };
    },
    async validationDidStart(context) {
      const refusal = exceeded(context.document);
      if (!refusal) return;
      const standIn = harmlessDocument();
      refusals.set(standIn, refusal);
      (context as { document: DocumentNode }).document = standIn;
    },
    async didResolveOperation(context) {
      const { document, operation, schema, request } = context;
      const refusal =
        refusals.get(context) ?? refusals.get(document) ?? variablesTooDeep(request.variables);
      if (refusal) throw refusal;
      if (!operation) return;
      const costly = costs.exceeded(schema, document, operation, request.variables ?? {});
      if (costly) throw costly;
    },
    async willSendResponse(context) {
      // What could not be read is answered as a fault of syntax: the limit is the better reason.
      const refusal = context.errors && !context.document && refusals.get(context);
      if (!refusal) return;
      const { http: _http, ...extensions } = refusal.extensions;
      const body = {
        kind: 'single',
        singleResult: { errors: [{ ...refusal.toJSON(), extensions }] },
      };
      Object.assign(context.response, { body });
    },
  };
  return {
    serverWillStart: async () => ({
      schemaDidLoadOrUpdate: ({ apiSchema, coreSupergraphSdl }) =>
        costs.read(apiSchema, coreSupergraphSdl),
    }),
    async requestDidStart(context) {
      if (safelist) {
        const refusal = expand(context.request, safelist);
        if (refusal) refusals.set(context, refusal);
      }
      return listener;
    },
  };
}

/** A document that is valid for every schema. Each is an object of its own. */
function harmlessDocument(): DocumentNode {
  return parse('{ __typename }', { noLocation: true });
}

/** Puts the text of an operation in place of its id. @returns why it is refused, if it is */
function expand(request: GraphQLRequest, safelist: Safelist): GraphQLError | null {
  const { persistedQuery, ...extensions } = request.extensions ?? {};
  const id: unknown = persistedQuery?.sha256Hash;
  request.extensions = extensions;
  if (typeof id !== 'string') return null;
  const body = safelist.body(id);
  request.query = body ?? request.query;
  if (request.query !== undefined) return null;
  // So that Apollo Server comes to the place where the request can be refused.
  request.query = '{ __typename }';
  return notSafelisted(id);
}
