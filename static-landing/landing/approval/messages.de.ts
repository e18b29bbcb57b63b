import type { Section } from '../text.ts';

export const messages: Section<'approval'> = {
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
};
