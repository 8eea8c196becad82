/** A strategy written out as plain JSON: all that decides its picks, and part of a trial's id. */
export type StrategyConfig = NamedStrategyConfig | MixtureConfig | ModuleConfig;

/** An entry of a registry, its implementation's version and its options. */
interface EntryConfig {
  readonly name: string;
  readonly version: number;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface NamedStrategyConfig extends EntryConfig {
  /** What picks by the measure's scores. Absent: top-k. */
  readonly selector?: EntryConfig;
}

/** Strategies that share a query batch. */
export interface MixtureConfig extends EntryConfig {
  readonly name: 'mixture';
  readonly parts: readonly {
    readonly strategy: NamedStrategyConfig | ModuleConfig;
    readonly weight: number;
  }[];
}

/** A user's own. */
export interface ModuleConfig extends EntryConfig {
  readonly module: ModuleReference;
}

/** `sha256` of the file decides; where it lies and how long it may take do not. */
export interface ModuleReference {
  readonly path: string;
  readonly sha256: string;
  /** Seconds that a query may take at most. */
  readonly timeout: number;
}

/** What of a strategy decides its picks, for ids and for the question whether two are the same. */
export function decisiveConfig(config: StrategyConfig): object {
  if ('module' in config) {
    const { module, ...rest } = config;
    return { ...rest, sha256: module.sha256 };
  }
  if (!('parts' in config)) return config;
  const { parts, ...rest } = config;
  return {
    ...rest,
    parts: parts.map(({ strategy, weight }) => ({ strategy: decisiveConfig(strategy), weight })),
  };
}

/** What a strategy's random stream depends on: no version, so that a mended strategy meets the same luck. */
export function streamConfig(config: StrategyConfig): object {
  const { name, options } = config;
  if ('parts' in config) {
    const parts = config.parts.map(({ strategy, weight }) => ({ strategy: streamConfig(strategy), weight }));
    return { name, options, parts };
  }
  if (!('selector' in config) || config.selector === undefined) return { name, options };
  return { name, options, selector: { name: config.selector.name, options: config.selector.options } };
}
