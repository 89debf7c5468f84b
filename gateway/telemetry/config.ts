import { z } from 'zod';
import { flag, httpUrl, optional } from '#platform/config.ts';

/** What is shown of requests, and to whom. */
export interface TelemetrySettings {
  /** Where traces are sent, and which; null: nowhere. */
  readonly traces: TraceSettings | null;
  /** Whether each GraphQL request is a line of the log. */
  readonly accessLog: boolean;
  /** Whether whoever asks for a query plan is shown it. */
  readonly showQueryPlans: boolean;
}

export interface TraceSettings {
  /** Takes traces as JSON of OTLP over HTTP. */
  readonly url: string;
  readonly serviceName: string;
  readonly sampler: SamplerName;
  /** The share of traces that a sampler by ratio takes: 0 to 1. */
  readonly ratio: number;
  /** Whether traces hold the text of operations, which may hold personal data. */
  readonly documents: boolean;
}

export type SamplerName = (typeof SAMPLERS)[number];

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/**
 * The variables of telemetry. Those named `OTEL_…` are the standard ones of OpenTelemetry, whose SDK reads a few more
 * by itself: `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_RESOURCE_ATTRIBUTES`, `OTEL_BSP_…`.
 */
export const telemetrySettings = () => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(httpUrl()),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: optional(httpUrl()),
  OTEL_SERVICE_NAME: z.string().default('gateway').describe('the name of the service in traces'),
  OTEL_TRACES_SAMPLER: z
    .enum(SAMPLERS)
    .default('parentbased_always_on')
    .describe(`one of ${SAMPLERS.join(', ')}`),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('the share of traces to keep, 0 to 1'),
  TRACE_DOCUMENTS: flag(false),
  ACCESS_LOG: flag(true),
  SHOW_QUERY_PLANS: optional(z.enum(['true', 'false']).describe('true or false')),
  NODE_ENV: optional(z.string()),
});

type TelemetryVariables = z.infer<z.ZodObject<ReturnType<typeof telemetrySettings>>>;

/** The settings that the variables of {@link telemetrySettings} say. */
export function telemetryFrom(settings: TelemetryVariables): TelemetrySettings {
  const url = tracesUrl(settings);
  const { SHOW_QUERY_PLANS: shown } = settings;
  return {
    traces: url === null ? null : traceSettings(url, settings),
    accessLog: settings.ACCESS_LOG,
    showQueryPlans: shown === undefined ? settings.NODE_ENV !== 'production' : shown === 'true',
  };
}

function traceSettings(url: string, settings: TelemetryVariables): TraceSettings {
  return {
    url,
    serviceName: settings.OTEL_SERVICE_NAME,
    sampler: settings.OTEL_TRACES_SAMPLER,
    ratio: settings.OTEL_TRACES_SAMPLER_ARG,
    documents: settings.TRACE_DOCUMENTS,
  };
}

/** As the specification of OTLP exporters has it: a URL for traces is used as it is, the other gets their path. */
function tracesUrl(settings: TelemetryVariables): string | null {
  const { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: own, OTEL_EXPORTER_OTLP_ENDPOINT: common } = settings;
  if (own !== undefined) return own;
  return common === undefined ? null : `${common.replace(/\/$/, '')}/v1/traces`;
}
