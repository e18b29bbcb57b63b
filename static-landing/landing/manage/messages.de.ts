import type { Section } from '../text.ts';

export const messages: Section<'manage'> = {
  'manage.title': 'Abonnement ändern oder kündigen',
  'manage.loading': 'Wir fragen Microsoft, was Sie ändern können …',
  'manage.back': 'Zurück',
  'manage.continue': 'Weiter',
  'manage.now': 'Jetzt',
  'manage.new': 'Neu',
  'manage.plan': 'Plan',
  'manage.users': 'Anzahl der Benutzer',
  'manage.price': 'Preis',
  'manage.price.user': '{price} pro Benutzer',
  'manage.price.agreed': 'wie im Azure Marketplace vereinbart',
  'manage.price.resold': 'Abrechnung über Ihren Reseller',
  'manage.change-plan': 'Plan wechseln',
  'manage.change-users': 'Anzahl der Benutzer ändern',
  'manage.cancel': 'Abonnement kündigen',
  'manage.cancel.text': 'Sie sehen, was eine Kündigung bedeutet, bevor etwas geschieht.',

  'manage.why.elsewhere':
    'Microsoft lässt das hier nicht zu. Ändern Sie es im Azure-Portal, oder fragen Sie Ihren Reseller, wenn Sie bei einem gekauft haben.',
  'manage.why.not-active': 'Das ist wieder möglich, wenn das Abonnement aktiv ist.',
  'manage.why.in-progress': 'Eine andere Änderung läuft. Warten Sie, bis Microsoft sie bestätigt hat.',
  'manage.why.not-sold': '{publisher} bietet diese Änderung nicht an.',
  'manage.why.same': 'Das Abonnement ist bereits so.',
  'manage.why.refused': 'Microsoft hat die Änderung nicht angenommen. Der Grund: {reason}.',
  'manage.why.other': 'Das ist im Moment nicht möglich.',
  'manage.why.no-plan': 'Es gibt keinen anderen Plan, zu dem Sie wechseln könnten.',
  'manage.refused.title': 'Es wurde nichts geändert',

  'manage.plan.title': 'Wählen Sie einen anderen Plan',
  'manage.plan.none': 'Wählen Sie einen Plan aus',

  'manage.users.title': 'Anzahl der Benutzer ändern',
  'manage.users.new': 'Neue Anzahl der Benutzer',
  'manage.users.hint': 'Von {min} bis {max}. Jetzt haben Sie {quantity}.',
  'manage.users.whole': 'Geben Sie eine ganze Zahl ein',
  'manage.users.range': 'Geben Sie eine Zahl von {min} bis {max} ein',
  'manage.users.same': 'Geben Sie eine andere Zahl als {quantity} ein, denn so viele haben Sie schon',

  'manage.check.title': 'Prüfen Sie die Änderung',
  'manage.check.billing': 'Was das für Ihre Rechnung bedeutet',
  'manage.check.prorated': 'Was Sie im Voraus gezahlt haben, wird anteilig verrechnet.',
  'manage.check.usage':
    'Ihre bisherige Nutzung wird nach dem alten Plan abgerechnet, neue Nutzung nach dem neuen Plan.',
  'manage.check.when': 'Die Änderung gilt, sobald Microsoft sie bestätigt, meist innerhalb weniger Minuten.',
  'manage.check.button': 'Änderung bestätigen',

  'manage.cancel.title': 'Ihr Abonnement kündigen',
  'manage.cancel.lead': 'Bitte lesen Sie vorher, was dann geschieht:',
  'manage.cancel.access': 'Der Zugang zu {product} endet sofort.',
  'manage.cancel.billing':
    'Innerhalb von 72 Stunden nach dem Kauf kostet eine Kündigung nichts. Später bleibt der laufende Zeitraum berechnet; ab dem nächsten Abrechnungszeitraum wird nichts mehr berechnet.',
  'manage.cancel.free': 'Für Sie enden diese 72 Stunden am {moment}.',
  'manage.cancel.usage': 'Bereits gemeldete Nutzung wird noch berechnet.',
  'manage.cancel.kept': 'Ihre Daten werden bis zum {date} aufbewahrt.',
  'manage.cancel.final': 'Ein gekündigtes Abonnement kann nicht wieder aufgenommen werden.',
  'manage.cancel.button': 'Abonnement jetzt kündigen',
  'manage.cancel.keep': 'Abonnement behalten',
};
