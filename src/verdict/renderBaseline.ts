/**
 * A baseline as the text of its file: JSON, sorted, with what changes together on a line of its own, so that a diff
 * shows which seeds of which cells changed, and in what. What all cells have in common is written once.
 */
import { canonicalJson, contentHash } from '../foundation/contentHash.ts';
import { nonFiniteToString } from '../store/recordLine.ts';
import type { Baseline, BaselineCell, BaselineSeed } from './baseline.ts';

/** Numbers have all their digits: reading the text gives the same baseline, bit for bit. */
export function renderBaseline({ cells, ...head }: Baseline): string {
  const shared = sharedMembers(cells.map(({ identity }) => identity));
  const own = cells.map(({ identity, ...cell }) => ({
    ...cell,
    identity: Object.fromEntries(Object.entries(identity).filter(([key]) => !(key in shared))),
  }));
  const top = JSON.stringify({ ...head, shared }, undefined, 2);
  const checksum = baselineChecksum({ ...head, shared, cells: own });
  return `${top.slice(0, -2)},\n  "cells": [\n${own.map(cellLines).join(',\n')}\n  ],\n  "checksum": "${checksum}"\n}\n`;
}

/** 16 hexadecimal digits over a file's content but the checksum itself, whatever its layout. */
export function baselineChecksum(content: object): string {
  return contentHash(JSON.parse(JSON.stringify(content, nonFiniteToString)))
    .toString('hex')
    .slice(0, 16);
}

function sharedMembers(identities: readonly BaselineCell['identity'][]): BaselineCell['identity'] {
  const [first = {}, ...others] = identities;
  return Object.fromEntries(
    Object.entries(first).filter(([key, value]) =>
      others.every((each) => key in each && canonicalJson(each[key]) === canonicalJson(value)),
    ),
  );
}

function cellLines({ seeds, ...cell }: BaselineCell): string {
  return `    ${compact(cell).slice(0, -1)},"seeds":[\n${seeds.map(seedLines).join(',\n')}\n    ]}`;
}

function seedLines({ seed, trialId, aubc, finalAccuracy, seconds, ...rounds }: BaselineSeed): string {
  const { numLabels, metrics, queriedRows, roundHashes } = rounds;
  const lines = [
    { seed, trialId, aubc, finalAccuracy },
    { seconds },
    { numLabels, metrics },
    { queriedRows, roundHashes },
  ];
  return `      {${lines.map((line) => compact(line).slice(1, -1)).join(',\n       ')}}`;
}

function compact(value: object): string {
  return JSON.stringify(value, nonFiniteToString);
}
