import type { Section } from '../text.ts';

export const messages: Section<'stopped'> = {
  'approval.title': 'Ihr Administrator muss {product} genehmigen',
  'approval.text':
    'In Ihrer Organisation können Sie sich nur bei Apps anmelden, die ein Administrator genehmigt hat. Schicken Sie Ihrem Administrator diese Anfrage. Kehren Sie nach der Genehmigung in diesen Tab zurück, und melden Sie sich erneut an.',
  'approval.label': 'Anfrage an Ihren Administrator',
  'approval.subject': 'Bitte um Genehmigung von {product}',
  'approval.request':
    'Guten Tag,\n\nunsere Organisation hat {product} von {publisher} im Azure Marketplace gekauft. Um es einzurichten, muss ich mich dort mit meinem Geschäftskonto anmelden, und ein Administrator muss das einmal genehmigen.\n\nDie App liest nur Namen und E-Mail-Adresse der angemeldeten Person (Berechtigung User.Read).\n\nBitte öffnen Sie als Administrator diesen Link, prüfen Sie, worum gebeten wird, und stimmen Sie zu:\n{link}\n\nVielen Dank',
  'approval.copy': 'Anfrage kopieren',
  'approval.copied': 'Die Anfrage ist kopiert.',
  'approval.mail': 'Als E-Mail senden',
  'approved.title': '{product} ist für Ihre Organisation genehmigt',
  'approved.text':
    'Vielen Dank. Sagen Sie der Person, die Sie gefragt hat, dass sie sich jetzt anmelden kann. Wenn sie die Seite geschlossen hat, wählt sie im Azure-Portal noch einmal „Konto konfigurieren“.',

  'lost.title': 'Dieser Tab kennt Ihren Kauf nach der Anmeldung nicht mehr',
  'lost.text':
    'Ihr Kauf selbst ist bei Microsoft sicher, und es wurde nichts geändert. Nur dieser Tab weiß nicht mehr, was Sie gekauft haben, zum Beispiel weil die Anmeldung in einem anderen Fenster endete.',
  'blocked.title': 'Ihr Browser lässt nicht zu, dass diese Seite sich Ihren Kauf merkt',
  'blocked.text':
    'Während Sie sich anmelden, merkt sich diese Seite Ihren Kauf im Tab. Ihr Browser verbietet das, oft durch die Einstellung, alle Cookies zu blockieren. Erlauben Sie Cookies und Websitedaten für {host}, oder nehmen Sie einen anderen Browser.',
  'sign-in.cancelled.title': 'Sie haben die Anmeldung abgebrochen',
  'sign-in.cancelled.text':
    'Es wurde nichts geändert. Ihr Kauf ist in diesem Tab gespeichert: Melden Sie sich an, um fortzufahren.',
  'sign-in.failed.title': 'Sie sind nicht angemeldet',
  'sign-in.failed.text':
    'Die Anmeldung bei Microsoft ist nicht gelungen. Ihr Kauf ist in diesem Tab gespeichert. Versuchen Sie es erneut; wenn es wieder nicht gelingt, schreiben Sie dem Support.',
  'sign-in.code': 'Fehler von Microsoft, für den Support: {code}',
  'sign-in.unknown.title': 'Diese Anmeldung kann nicht verwendet werden',
  'sign-in.unknown.text':
    'Sie wurde nicht in diesem Tab begonnen oder schon einmal verwendet. Ihr Kauf ist in diesem Tab gespeichert: Melden Sie sich erneut an.',
};
