// npm run policy -- check FILE | diff OLD NEW: explains a policy, or the changes between two versions.

import { parseArgs } from 'node:util'
import { changesBetween } from '../domain/policy/describe-changes.ts'
import { explainPolicy } from '../domain/policy/explain.ts'
import { findInconsistencies } from '../domain/policy/inconsistencies.ts'
import { PolicyError } from '../domain/policy/policy.ts'
import { readPolicy } from '../platform/policy-store.ts'
import { runCommand } from '../platform/run-command.ts'
import { print, printJson, styled } from './terminal.ts'

const USAGE = `npm run policy -- check FILE       explains a policy; fails on inconsistencies
npm run policy -- diff OLD NEW     explains what changes, and for whom
--json prints data for scripts
`

function check(file: string, json: boolean): number {
  const policy = readPolicy(file)
  const { product, version, published_at } = policy
  const sections = explainPolicy(policy)
  const inconsistencies = findInconsistencies(policy)
  if (json) printJson({ product, version, published_at, sections, inconsistencies })
  else {
    print(styled('bold', `${policy.name} (${product}), version ${version}, published ${published_at}`))
    for (const { heading, lines } of sections) paragraph(heading, lines)
    printInconsistencies(inconsistencies)
  }
  return inconsistencies.length > 0 ? 1 : 0
}

function diff(oldFile: string, newFile: string, json: boolean): number {
  const [before, after] = [readPolicy(oldFile), readPolicy(newFile)]
  if (before.product !== after.product)
    throw new PolicyError(newFile, [`product: is ${after.product}, not ${before.product}`])
  const changes = changesBetween(before, after)
  const isOutdated = changes.length > 0 && after.version <= before.version
  const inconsistencies = isOutdated ? [`version: must be above ${before.version}, because the policy changes.`] : []
  if (json) printJson({ product: after.product, from: before.version, to: after.version, changes, inconsistencies })
  else {
    print(styled('bold', `${after.name} (${after.product}), from version ${before.version} to ${after.version}`))
    for (const { who, lines, keeps } of changes) paragraph(who, keeps ? [...lines, keeps] : lines)
    if (changes.length === 0) print('\nNo changes.')
    else
      print(
        '\nExisting credits keep their terms. A version is announced to customers from its installation until published_at.',
      )
    printInconsistencies(inconsistencies)
  }
  return inconsistencies.length > 0 ? 1 : 0
}

function printInconsistencies(lines: string[]): void {
  if (lines.length > 0) paragraph(styled('red', 'Inconsistencies'), lines)
}

function paragraph(heading: string, lines: string[]): void {
  print(`\n${styled('bold', heading)}`)
  for (const line of lines) print(`  ${line}`)
}

function run(args: string[]): number {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  })
  const [command, ...files] = positionals
  const [first, second] = files
  if (command === 'check' && first && files.length === 1) return check(first, values.json)
  if (command === 'diff' && first && second && files.length === 2) return diff(first, second, values.json)
  process.stderr.write(USAGE)
  return 2
}

await runCommand(() => run(process.argv.slice(2)))
