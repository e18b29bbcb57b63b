import type { Section } from './text.ts';

/** The landing page in German, in the terms of Microsoft’s German pages (Abonnement, Plan, Azure-Portal, Konto konfigurieren). */
export const messages: Section<'page'> = {
  'page.title': '{product}: Ihr Abonnement',
  'page.error-prefix': 'Fehler: {title}',
  'page.not-found.title': 'Seite nicht gefunden',
  'page.not-found.text': 'Unter dieser Adresse gibt es nichts. Bitte prüfen Sie sie auf Tippfehler.',
  'page.framed': 'Diese Seite in einem neuen Fenster öffnen',
  'page.cannot-start.title': 'Diese Seite konnte nicht starten',
  'page.cannot-start.text':
    'Sie braucht JavaScript und eine Verbindung zum Internet. Prüfen Sie, ob beides vorhanden ist, und laden Sie die Seite neu. Es geht nichts verloren.',
  'page.reload': 'Neu laden',

  'footer.help': 'Brauchen Sie Hilfe?',
  'footer.support': 'Support',
  'footer.privacy': 'Datenschutz',
  'footer.terms': 'Nutzungsbedingungen',

  'no-purchase.title': 'Token fehlt. Bitte rufen Sie diese Seite über den Azure Marketplace auf.',

  'reopen.text':
    'Öffnen Sie das SaaS-Abonnement im Azure-Portal oder im Microsoft 365 Admin Center erneut, und wählen Sie noch einmal „Konto konfigurieren“ oder „Konto verwalten“.',
  'reopen.link': 'Azure-Portal öffnen',

  'working.sign-in': 'Sie werden angemeldet …',
  'working.sign-in.note': 'Wir leiten Sie zu Microsoft weiter. Dort müssen Sie vielleicht Ihr Konto auswählen.',
  'working.open': 'Ihr Kauf wird geöffnet …',
  'working.open.note': 'Wir fragen Microsoft, was gekauft wurde. Das kann bis zu 20 Sekunden dauern.',

  'sign-in.button': 'Mit Microsoft anmelden',
  'sign-in.interrupted.title': 'Melden Sie sich an, um fortzufahren',
  'sign-in.interrupted.text':
    'Ihr Kauf ist in diesem Tab gespeichert. Melden Sie sich mit dem Konto an, mit dem gekauft wurde, oder mit einem Konto derselben Organisation.',
  'sign-in.expired.title': 'Melden Sie sich erneut an, um fortzufahren',
  'sign-in.expired.text': 'Ihre Anmeldung ist abgelaufen. Ihr Kauf ist noch in diesem Tab gespeichert.',

  'purchase.title': 'Ihr Kauf',
  'purchase.subscription-name': 'Name des Abonnements',
  'purchase.plan-name': 'Name des Plans',
  'purchase.plan-id': 'Plan-ID',
  'purchase.offer-id': 'Angebots-ID',
  'purchase.quantity': 'Menge',
  'purchase.quantity.none': 'Nicht pro Benutzer',
  'purchase.term': 'Laufzeit',
  'purchase.term.none': 'Nicht angegeben',
  'purchase.term-dates': 'Zeitraum',
  'purchase.term-dates.none': 'beginnt mit der Abrechnung',
  'purchase.term-dates.from': 'ab {start}',
  'purchase.term-dates.both': '{start} bis {end}',
  'purchase.purchaser-email': 'E-Mail-Adresse des Käufers',
  'purchase.tenant-id': 'Mandanten-ID',
  'purchase.subscription-id': 'Abonnement-ID',
  'purchase.customer-name': 'Name des Kunden',
  'purchase.customer-email': 'E-Mail-Adresse des Kunden',
  'purchase.customer.none': 'Noch nicht bekannt',
  'purchase.status': 'Status',
  'purchase.for-another': 'Gekauft von {purchaser} für {beneficiary}',
  'purchase.for-another.text': 'Der Arbeitsbereich wird für die Organisation von {beneficiary} eingerichtet.',

  'badge.pending': 'Aktivierung ausstehend',
  'badge.activating': 'Wird aktiviert',
  'badge.failed': 'Aktivierung fehlgeschlagen',
  'badge.active': 'Aktiv',
  'badge.suspended': 'Ausgesetzt',
  'badge.ended': 'Gekündigt',
  'badge.erased': 'Daten gelöscht',

  'form.title': 'Prüfen Sie Ihre Angaben',
  'form.text': '{publisher} verwendet diese Angaben, um Ihren Arbeitsbereich einzurichten und Sie dazu zu erreichen.',
  'form.name': 'Ihr Name',
  'form.email': 'E-Mail-Adresse',
  'form.company': 'Unternehmen (optional)',
  'form.phone': 'Telefonnummer (optional)',
  'form.faults': 'Bitte korrigieren Sie Ihre Angaben',
  'form.fault': 'Fehler:',
  'form.name.missing': 'Geben Sie Ihren Namen ein',
  'form.email.missing': 'Geben Sie Ihre E-Mail-Adresse ein',
  'form.email.wrong': 'Geben Sie eine E-Mail-Adresse im richtigen Format ein, zum Beispiel name@example.com',
  'form.email.letters': 'Verwenden Sie eine Adresse ohne Umlaute, Akzente und andere besondere Buchstaben',
  'form.refused': 'Diese Eingabe wird nicht angenommen. Kürzen oder korrigieren Sie sie',

  'onboard.button': 'Einrichtung starten',
  'onboard.busy': 'Ihre Anfrage wird gesendet …',
  'onboard.done': 'Die Einrichtung wurde erfolgreich angefordert.',
  'onboard.not-billed':
    'Es wird noch nichts berechnet. Die Abrechnung beginnt erst, wenn Sie das Abonnement aktivieren.',
  'onboard.colleague': 'Es wird noch nichts berechnet. Die Abrechnung beginnt erst mit der Aktivierung durch {who}.',
  'onboard.billing-follows': 'Die Abrechnung beginnt, wenn wir Ihren Arbeitsbereich eingerichtet haben.',
  'onboard.terms': 'Bitte lesen Sie vorher:',

  'contact.title': 'Kontaktangaben korrigieren',
  'contact.text': 'Was Sie hier eingeben, ersetzt die Angaben, die {publisher} hat.',
  'contact.button': 'Angaben speichern',
  'contact.done': 'Ihre Kontaktangaben sind geändert.',

  'next.title': 'So geht es weiter',
  'next.activate':
    'Wenn Ihr Arbeitsbereich bereit ist, aktivieren Sie das Abonnement auf dieser Seite. Erst dann beginnt die Abrechnung.',

  'resolved.title': 'Willkommen bei {product}',
  'resolved.text':
    'Vielen Dank für Ihren Kauf. Prüfen Sie, was gekauft wurde, und Ihre Angaben. Wählen Sie dann „Einrichtung starten“.',
  'resolved.billed':
    'Ihr Abonnement ist bereits aktiv; die Abrechnung durch Microsoft läuft. Wählen Sie „Einrichtung starten“, damit wir Ihren Arbeitsbereich einrichten können.',
  'resolved.billed-since':
    'Ihr Abonnement ist bereits aktiv; die Abrechnung durch Microsoft läuft seit dem {date}. Wählen Sie „Einrichtung starten“, damit wir Ihren Arbeitsbereich einrichten können.',

  'provisioning.title': 'Ihr Arbeitsbereich wird eingerichtet',
  'provisioning.text': 'Wir richten Ihren Arbeitsbereich ein. {publisher} sagt Ihnen Bescheid, sobald er bereit ist.',
  'provisioning.leave':
    'Sie können diese Seite schließen. Um zurückzukehren, öffnen Sie das Abonnement im Azure-Portal und wählen „Konto verwalten“ oder „Konto konfigurieren“.',
  'delayed.title': 'Die Einrichtung dauert länger als üblich',
  'delayed.text':
    'Wir wissen davon und kümmern uns darum. Sie müssen nichts tun: {publisher} sagt Ihnen Bescheid, sobald Ihr Arbeitsbereich bereit ist.',
  'unreachable.title': 'Wir brauchen eine E-Mail-Adresse, unter der wir Sie erreichen',
  'unreachable.text':
    'Die Einrichtung ist angehalten, weil unter den Adressen, die wir haben, keine E-Mail ankommt. Geben Sie eine andere Adresse ein, und wählen Sie „Einrichtung starten“.',
  'pending.until': 'Microsoft verwirft diesen Kauf {when} ({date}), wenn er nicht aktiviert wird.',
  'billing.not-yet': 'Es wird noch nichts berechnet.',
  'billing.runs': 'Die Abrechnung durch Microsoft hat bereits begonnen.',
  'awaiting.title': 'Warten auf {publisher}',
  'ready.title': 'Ihr Arbeitsbereich ist bereit',
  'ready.buyer': 'Aktivieren Sie Ihr Abonnement, um mit {product} zu beginnen.',
  'ready.colleague':
    'Das Abonnement kann jetzt aktiviert werden; damit beginnt die Abrechnung. Fragen Sie {who}: Nur wer es gekauft hat oder für wen es gekauft wurde, kann das tun.',
  'ready.ask': 'An {who} schreiben',
  'ready.nobody-known': 'die Person, die es gekauft hat',
  'ready.or': '{one} oder {other}',
  'ready.publisher': '{publisher} aktiviert Ihr Abonnement; damit beginnt die Abrechnung. Sie müssen nichts tun.',
  'activate.title': 'Was mit der Aktivierung beginnt',
  'activate.billing':
    'Die Abrechnung beginnt mit der Aktivierung. Microsoft berechnet Ihnen: {billed}. Hier geben Sie keine Zahlungsdaten ein.',
  'activate.term': 'Die Laufzeit beginnt mit der Aktivierung: {term}.',
  'activate.quantity': 'Menge {quantity}',
  'activate.button': 'Abonnement aktivieren',
  'activate.busy': 'Wird gestartet …',
  'activating.title': 'Ihr Abonnement wird aktiviert',
  'activating.text': 'Microsoft aktiviert Ihr Abonnement. Diese Seite aktualisiert sich von selbst.',
  'activating.delayed':
    'Microsoft antwortet im Moment nicht. Wir versuchen es weiter, und Sie müssen nichts tun. Diese Seite aktualisiert sich von selbst.',
  'activation-failed.title': 'Die Aktivierung ist nicht gelungen',
  'activation-failed.text':
    'Microsoft hat Ihr Abonnement nicht aktiviert; die Abrechnung hat also nicht begonnen. Ihr Arbeitsbereich und Ihre Angaben bleiben erhalten. Sie können es erneut versuchen.',
  'activation-failed.wait':
    'Microsoft hat Ihr Abonnement nicht aktiviert; die Abrechnung hat also nicht begonnen. Ihr Arbeitsbereich und Ihre Angaben bleiben erhalten. {publisher} weiß davon und kann die Aktivierung erneut starten.',
  'active.title': 'Ihr Abonnement ist aktiv',
  'active.text': 'Ihr Arbeitsbereich ist bereit. Die Abrechnung läuft über Microsoft.',
  'active.open': 'Arbeitsbereich öffnen',
  'active.manage': 'Ändern oder kündigen',
  'active.colleague': 'Nur {who} kann das Abonnement ändern oder kündigen.',
  'changing.title': 'Änderung läuft',
  'changing.cancel': 'Das Abonnement wird gekündigt.',
  'changing.text':
    'Angefordert am {since}. Microsoft hat es noch nicht bestätigt. Diese Seite aktualisiert sich von selbst.',
  'changed.done': 'Die Änderung ist erledigt.',
  'changed.refused': 'Microsoft hat die Änderung nicht vorgenommen.',
  'suspended.title': 'Ihr Abonnement ist ausgesetzt',
  'suspended.text':
    'Microsoft hat es ausgesetzt, meist weil eine Zahlung nicht gelungen ist. Prüfen Sie die Zahlungsmethode im Azure-Portal oder im Microsoft 365 Admin Center. Wird {until} nicht gezahlt, beendet Microsoft das Abonnement.',
  'suspended.until': 'bis zum {date}',
  'suspended.days': '30 Tage lang',
  'cancelled.title': 'Ihr Abonnement ist beendet',
  'cancelled.text':
    'Dieses Abonnement wurde gekündigt und kann nicht wieder aufgenommen werden. Um {product} wieder zu nutzen, kaufen Sie es im Azure Marketplace erneut.',
  'cancelled.kept': 'Ihre Daten werden bis zum {date} aufbewahrt.',
  'lapsed.title': 'Ihr Kauf ist verfallen',
  'lapsed.text':
    'Er wurde nicht aktiviert: Microsoft beendet einen Kauf nach 30 Tagen oder wenn seine Aktivierung nicht gelingt. Es wurde nichts berechnet. Um {product} zu nutzen, kaufen Sie es im Azure Marketplace erneut.',
  'erased.title': 'Ihre Daten wurden gelöscht',
  'erased.text':
    'Dieses Abonnement ist beendet, und seine Daten wurden gelöscht. Um {product} wieder zu nutzen, kaufen Sie es im Azure Marketplace erneut.',
  'other.title': 'Ihr Abonnement',
  'other.text':
    'Den Status sehen Sie unten. Auf dieser Seite gibt es nichts zu tun. Wenn Sie eine Frage haben, schreiben Sie dem Support.',

  'steps.title': 'Fortschritt',
  'steps.organization': 'Ihre Organisation',
  'steps.admin-user': 'Ihr Administratorkonto',
  'steps.notification': 'Nachricht an {publisher}',
  'steps.done': 'Fertig',
  'steps.busy': 'In Arbeit',
  'steps.retry': 'Verzögert, wird automatisch erneut versucht',
  'steps.waiting': 'Noch nicht begonnen',
  'steps.held': 'Wartet auf {publisher}',
  'steps.failed': '{publisher} kümmert sich darum',
  'steps.change': '{step}: {state}',
  'steps.offline': 'Wir erreichen unseren Dienst im Moment nicht. Diese Seite versucht es von selbst erneut.',

  'problem.retry': 'Erneut versuchen',
  'problem.retry-after': 'Bitte warten Sie {time}, bevor Sie es erneut versuchen.',
  'problem.other-account': 'Anderes Konto verwenden',
  'problem.purchasing-organization': 'Bei der kaufenden Organisation anmelden',
  'problem.using-organization': 'Bei der nutzenden Organisation anmelden',
  'problem.tenant': 'Mandant {id}',
  'problem.reference': 'Referenz für den Support: {reference}',
  'problem.token.title': 'Dieser Link kann nicht mehr verwendet werden',
  'problem.token.text':
    'Wir konnten Ihren Kauf nicht zuordnen: Der Link ist möglicherweise älter als 24 Stunden oder unvollständig.',
  'problem.party.title': 'Sie sind mit {account} bei einer anderen Organisation angemeldet',
  'problem.party.text':
    'Dieser Kauf gehört einer anderen Organisation. Wenn Sie dort Gast sind, melden Sie sich mit diesem Konto bei ihr an. Wenn nicht, verwenden Sie ein Konto, das zu ihr gehört.',
  'problem.party-alone.title': 'Sie sind mit {account} angemeldet; dieses Konto ist nicht an dem Kauf beteiligt',
  'problem.party-alone.text': 'Melden Sie sich mit dem Konto an, mit dem das Abonnement gekauft wurde.',
  'problem.not-found.title': 'Wir können dieses Abonnement nicht anzeigen',
  'problem.not-found.text': 'Ihr Zugriff darauf ist abgelaufen, oder es existiert nicht.',
  'problem.cancelled.title': 'Ihr Abonnement ist beendet',
  'problem.cancelled.text':
    'Es wurde inzwischen gekündigt und kann deshalb weder eingerichtet noch aktiviert werden. Um {product} wieder zu nutzen, kaufen Sie es im Azure Marketplace erneut.',
  'problem.not-allowed.title': 'Das können Sie nicht tun',
  'problem.not-allowed.text':
    'Das kann nur, wer das Abonnement gekauft hat oder für wen es gekauft wurde, und nur wenn {publisher} es zulässt.',
  'problem.not-confirmed.title': 'Ihr Arbeitsbereich ist noch nicht bereit',
  'problem.not-confirmed.text':
    'Bevor das Abonnement aktiviert werden kann, muss {publisher} bestätigen, dass der Arbeitsbereich bereit ist.',
  'problem.busy.title': 'Zu viele Anfragen',
  'problem.busy.text':
    'In kurzer Zeit kamen zu viele Anfragen. Warten Sie ein wenig, und versuchen Sie es dann erneut.',
  'problem.marketplace.title': 'Der Marketplace von Microsoft antwortet nicht',
  'problem.marketplace.text':
    'Wir konnten Microsoft nicht nach Ihrem Kauf fragen. Es geht nichts verloren: Sie können es erneut versuchen.',
  'problem.unavailable.title': 'Das geht im Moment nicht',
  'problem.unavailable.text':
    'Ein Teil unseres Dienstes ist nicht verfügbar. Es geht nichts verloren: Sie können es erneut versuchen.',
  'problem.network.title': 'Wir erreichen unseren Dienst nicht',
  'problem.network.text': 'Bitte prüfen Sie Ihre Verbindung, und versuchen Sie es erneut. Es geht nichts verloren.',
  'problem.request.title': 'Unser Dienst hat die Anfrage nicht verstanden',
  'problem.request.text':
    'Bitte prüfen Sie Ihre Angaben, und versuchen Sie es erneut. Wenn es wieder geschieht, schreiben Sie dem Support.',
  'problem.internal.title': 'Bei uns ist etwas schiefgegangen',
  'problem.internal.text':
    'Versuchen Sie es erneut. Wenn es wieder geschieht, schreiben Sie dem Support, und nennen Sie die Referenz.',
};
