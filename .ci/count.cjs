// Counts a test run by Jest's results in a folder: all.json, and again.json for files that ran once more.
//   count.cjs failing FOLDER                             the files that failed, one per line
//   count.cjs total FOLDER FAILED_CHECKS EXIT_CODE       `N passed, N failed`, and exit code 1 where anything failed
const { existsSync, readFileSync } = require('node:fs')
const path = require('node:path')

const [what, folder, failedChecks = '0', exitCode = '0'] = process.argv.slice(2)

/** @returns the counts of each test file; a file that cannot be loaded counts as one failure */
function read(file) {
  const place = path.join(folder, file)
  const text = existsSync(place) ? readFileSync(place, 'utf8') : ''
  const results = text ? JSON.parse(text).testResults : []
  return new Map(
    results.map(({ name, status, assertionResults }) => {
      const count = wanted => assertionResults.filter(each => each.status === wanted).length
      const failed = count('failed')
      return [name, { passed: count('passed'), failed: status === 'failed' ? Math.max(1, failed) : failed }]
    }),
  )
}

if (what === 'failing') {
  for (const [name, { failed }] of read('all.json')) if (failed > 0) console.log(path.relative('.', name))
} else {
  const last = [...new Map([...read('all.json'), ...read('again.json')]).values()]
  const passed = last.reduce((sum, file) => sum + file.passed, 0)
  let failed = last.reduce((sum, file) => sum + file.failed, 0)
  // Jest may also fail as a whole: its set-up fails, or it finds no test.
  if (failed === 0 && (exitCode !== '0' || passed === 0)) failed = 1
  failed += Number(failedChecks)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 ? 1 : 0
}
