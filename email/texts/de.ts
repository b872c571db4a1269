import type { Format } from '../format.ts'
import type { EmailTexts } from './en.ts'

export const de = (f: Format): EmailTexts => {
  const credits = (n: number) => `${f.number(n)} ${n === 1 ? 'Credit' : 'Credits'}`
  return {
    credits,
    open_page: 'Tarif & Credits öffnen',
    support: 'Fragen? Der Support hilft:',
    because: {
      account: product => `Du erhältst diese E-Mail, weil du ein Konto bei ${product} hast.`,
      purchase: product => `Du erhältst diese E-Mail wegen eines Kaufs bei ${product}.`,
      gift: product => `Du erhältst diese E-Mail, weil dir jemand Credits für ${product} geschenkt hat.`,
    },
    labels: {
      order: 'Bestellnummer',
      date: 'Datum',
      item: 'Artikel',
      credits: 'Credits',
      discount: 'Rabatt',
      price: 'Preis',
      reference: 'Verwendungszweck',
      reason: 'Grund',
      returned: 'Erstattete Credits',
      bonus: 'Bonus',
      generation: 'Auftrag',
      plan: 'Tarif',
      usable_until: 'Credits nutzbar bis',
      expires: 'Verfällt',
      from: 'Gilt ab',
    },

    code: {
      subject: (n, product) => `Dein Code für ${credits(n)} von ${product}`,
      title: 'Dein Einlösecode',
      thanks: (pack, product) => `Danke für deinen Kauf von ${pack} bei ${product}.`,
      code: n => `Dein Einlösecode für ${credits(n)}:`,
      how: product => [
        `Gib ihn auf einer beliebigen Plattform von ${product} ein.`,
        'Die Credits kommen auf das Konto, in dem du angemeldet bist. Der Code gilt einmal.',
        'Groß- und Kleinschreibung, Leerzeichen und Bindestriche spielen keine Rolle.',
        'Halte den Code bis dahin geheim.',
      ],
      replaces: 'Der Code, den wir dir vorher geschickt haben, gilt nicht mehr.',
    },
    gift: {
      subject: (n, product) => `Ein Geschenk für dich: ${credits(n)} für ${product}`,
      title: 'Ein Geschenk für dich',
      received: (n, product) => `Du hast ein Geschenk bekommen: ${credits(n)} für ${product}.`,
    },

    receipt: {
      subject: (item, product) => `Beleg für ${item} von ${product}`,
      title: 'Beleg',
      thanks: product => `Danke für deinen Kauf. ${product} hat deine Zahlung erhalten.`,
      added: 'Die Credits kommen auf dein Konto. Du findest sie unter „Tarif & Credits“.',
      by_code: 'Den Einlösecode erhältst du in einer eigenen E-Mail.',
      gifted: 'Die beschenkte Person erhält den Einlösecode in einer eigenen E-Mail.',
      keep: 'Nenne die Bestellnummer, wenn du dich an den Support wendest.',
    },

    transfer: {
      subject: (item, product) => `Deine Bestellung von ${item} bei ${product} ist verfallen`,
      title: 'Bestellung verfallen',
      expired:
        'Deine Überweisung für diese Bestellung ist nicht rechtzeitig angekommen, daher ist die Bestellung verfallen. Du schuldest nichts.',
      on_its_way: 'Wenn du das Geld schon überwiesen hast, musst du nichts tun: Die Credits kommen, sobald es da ist.',
    },

    late: {
      subject: n => (n === 1 ? 'Dein Credit ist da' : `Deine ${credits(n)} sind da`),
      title: 'Deine Credits sind da',
      sorry: 'Wir haben deine Zahlung erhalten, die Credits aber zu spät gutgeschrieben. Das tut uns leid.',
      bonus: n => `Als Entschuldigung haben wir dir zusätzlich ${credits(n)} gutgeschrieben.`,
    },

    compensation: {
      subject: (n, product) => `${product} hat dir ${credits(n)} gutgeschrieben`,
      title: 'Entschädigung',
      sorry: 'Bei uns ist etwas schiefgegangen, und das hat dich Credits gekostet. Das tut uns leid.',
      added: n => `Wir haben deinem Konto ${credits(n)} gutgeschrieben.`,
      causes: {
        'technical-failure': 'Technischer Fehler',
        'poor-quality': 'Schlechte Qualität des Ergebnisses',
        'platform-bug': 'Fehler der Plattform',
        'wrong-deduction': 'Falscher Abzug',
        downtime: 'Ausfall',
        'account-issue': 'Problem mit deinem Konto',
      },
    },

    past_due: {
      subject: plan => `Die Zahlung für ${plan} ist fällig`,
      title: 'Zahlung fällig',
      due: plan => `Die Zahlung für ${plan} ist noch nicht bei uns angekommen.`,
      until: at => `Du kannst alle Credits bis ${at} nutzen.`,
      afterwards: 'Danach ruht deine Mitgliedschaft, bis die Zahlung da ist.',
      do: 'Prüfe deine Zahlungsart. Wenn du gerade bezahlt hast, brauchst du nichts zu tun.',
    },

    expiring: {
      subject: (n, day) => `${credits(n)} ${n === 1 ? 'verfällt' : 'verfallen'} am ${day}`,
      title: 'Credits verfallen bald',
      expire: (n, at) => `Bis ${at} ${n === 1 ? 'verfällt' : 'verfallen'} ${credits(n)}.`,
      order: 'Credits, die du vorher nutzt, verfallen nicht.',
    },

    audit: {
      subject: product => `Wir haben deine Credits bei ${product} geprüft`,
      title: 'Ergebnis unserer Prüfung',
    },

    policy: {
      subject: (product, day) => `Änderungen bei den Credits von ${product} ab ${day}`,
      title: product => `Änderungen bei den Credits von ${product}`,
      from: at => `Die folgenden Änderungen gelten ab ${at}.`,
      kept: 'Für Credits, die du schon hast, ändert sich nichts.',
    },
  }
}
