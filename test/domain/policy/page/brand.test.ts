import { isReadable, readableTone, schemeColors } from '../../../../domain/policy/page/brand.ts'

test.each([
  ['#14594c', '#14594c', '#729b94'],
  ['#000000', '#000000', '#999999'],
  ['#a83c12', '#a83c12', '#c68065'],
])('%s is shown as it is on light, and in a lighter tone on dark', (color, light, dark) => {
  expect(schemeColors(color)).toEqual({ light, dark: expect.stringMatching(/^#[0-9a-f]{6}$/) })
  expect(isReadable(schemeColors(color).dark, 'dark')).toBe(true)
  expect(isReadable(color, 'light')).toBe(true)
  expect(schemeColors(color).dark).toBe(dark)
})

test.each(['#ffffff', '#ff9900', '#00aaff', '#c0c0c0'])(
  '%s is too light, and the nearest darker tone is not',
  color => {
    expect(isReadable(color)).toBe(false)
    expect(isReadable(readableTone(color, 'light'))).toBe(true)
  },
)
