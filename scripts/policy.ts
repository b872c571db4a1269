// npm run policy -- check FILE | diff OLD NEW: explains a policy, or the changes between two versions.

import { explainPolicy } from '../domain/policy/describe.ts'
import { changesBetween } from '../domain/policy/describe-changes.ts'
import { findInconsistencies } from '../domain/policy/inconsistencies.ts'
import { PolicyError } from '../domain/policy/policy.ts'
import { readPolicy } from '../platform/policy-store.ts'
import { runCommand } from '../platform/run-command.ts'

const USAGE = `npm run policy -- check FILE       explains a policy; fails on inconsistencies
npm run policy -- diff OLD NEW     explains what changes, and for whom
`

function check(file: string): number {
  const policy = readPolicy(file)
  print(`${policy.name} (${policy.product}), version ${policy.version}, published ${policy.published_at}`)
  for (const { heading, lines } of explainPolicy(policy)) paragraph(heading, lines)
  const inconsistencies = findInconsistencies(policy)
  if (inconsistencies.length > 0) paragraph('Inconsistencies', inconsistencies)
  return inconsistencies.length > 0 ? 1 : 0
}

function diff(oldFile: string, newFile: string): number {
  const [before, after] = [readPolicy(oldFile), readPolicy(newFile)]
  if (before.product !== after.product)
    throw new PolicyError(newFile, [`product: is ${after.product}, not ${before.product}`])
  const changes = changesBetween(before, after)
  print(`${after.name} (${after.product}), from version ${before.version} to ${after.version}`)
  for (const { who, lines, keeps } of changes) paragraph(who, keeps ? [...lines, keeps] : lines)
  if (changes.length === 0) print('\nNo changes.')
  else
    print(
      '\nExisting credits keep their terms. A version is announced to customers from its installation until published_at.',
    )
  if (changes.length === 0 || after.version > before.version) return 0
  paragraph('Inconsistencies', [`version: must be above ${before.version}, because the policy changes.`])
  return 1
}

function paragraph(heading: string, lines: string[]): void {
  print(`\n${heading}`)
  for (const line of lines) print(`  ${line}`)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function run([command, ...files]: string[]): number {
  const [first, second] = files
  if (command === 'check' && first && files.length === 1) return check(first)
  if (command === 'diff' && first && second && files.length === 2) return diff(first, second)
  process.stderr.write(USAGE)
  return 2
}

await runCommand(() => run(process.argv.slice(2)))
